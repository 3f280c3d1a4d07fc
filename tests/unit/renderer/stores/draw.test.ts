import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import { useDrawStore } from '../../../../renderer/stores/draw.ts'
import { FakeLab } from '../fakeLab.ts'
import { openPage } from '../mount.ts'
import { detail, summary } from '../runFixtures.ts'

const DIGIT = new Uint8Array(784).fill(9)
const full = detail({ id: 'full', status: 'finished', binaryParameters: 0, createdAt: '2026-09-01T00:00:00.000Z' })
const binary = detail({ id: 'binary', status: 'finished' })

async function opened(predict?: () => never) {
  const lab = new FakeLab({
    'digits.predict':
      predict ??
      (({ runs }) => runs.map((runId) => ({ runId, probabilities: Array<number>(10).fill(0.1), microseconds: 300 }))),
  })
  lab.runs.push(full, binary)
  await openPage(lab)
  const draw = useDrawStore()
  await flushPromises()
  const asked = () => lab.requests.filter(({ method }) => method === 'digits.predict').map(({ input }) => input)
  return { lab, draw, asked }
}

describe('Draw', () => {
  it('loads the networks before anything is drawn, once', async () => {
    const { draw, asked } = await opened()
    expect(asked()).toHaveLength(1)
    expect(asked()[0]).toMatchObject({ runs: ['full', 'binary'] })
    expect(draw.answers.size).toBe(0)
    draw.digit = DIGIT
    await vi.waitFor(() => expect(draw.answers.size).toBe(2))
    draw.digit = null
    await flushPromises()
    expect(asked()).toHaveLength(2)
  })

  it('asks both runs about the drawing and forgets their answers when it is cleared', async () => {
    const { draw, asked } = await opened()
    draw.digit = DIGIT
    await vi.waitFor(() => expect([...draw.answers.keys()]).toEqual(['full', 'binary']))
    expect(asked().at(-1)).toEqual({ runs: ['full', 'binary'], pixels: DIGIT })
    draw.digit = null
    await flushPromises()
    expect(draw.answers.size).toBe(0)
  })

  it('asks again when another run is to answer', async () => {
    const { lab, draw, asked } = await opened()
    draw.digit = DIGIT
    await vi.waitFor(() => expect(draw.answers.size).toBe(2))
    lab.putRun(detail({ id: 'newer', status: 'finished', createdAt: '2026-11-01T00:00:00.000Z' }))
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ runs: ['full', 'newer'] }))
    draw.use('binary')
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ runs: ['full', 'binary'] }))
    draw.choose(0, 'newer')
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ runs: ['newer', 'binary'] }))
  })

  it('does not offer a run that has no trained weights', async () => {
    const { lab, draw } = await opened()
    lab.putRun(detail({ id: 'fresh', epochsDone: 0, createdAt: '2026-11-01T00:00:00.000Z' }))
    draw.use('fresh')
    expect(draw.choices).toEqual(['full', 'binary'])
  })

  it('says in a sentence why there is no answer, until there is one', async () => {
    const { draw } = await opened(() => {
      throw new SignumError('checkpoint_damaged', 'The checkpoint is damaged. Train the run again.')
    })
    expect(draw.problem).toBeNull()
    draw.digit = DIGIT
    await vi.waitFor(() => expect(draw.problem).toBe('The checkpoint is damaged. Train the run again.'))
    draw.digit = null
    await flushPromises()
    expect(draw.problem).toBeNull()
  })

  it('goes on without a run that was deleted', async () => {
    const { lab, draw } = await opened()
    lab.emit('run.changed', { run: summary({ id: 'binary', status: 'finished' }), removed: true })
    await flushPromises()
    expect(draw.choices).toEqual(['full', null])
  })
})
