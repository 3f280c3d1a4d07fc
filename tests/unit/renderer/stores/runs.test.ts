import { describe, expect, it, vi } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import { useRunsStore } from '../../../../renderer/stores/runs.ts'
import { FakeLab } from '../fakeLab.ts'
import { openPage } from '../mount.ts'
import { detail, progress, summary } from '../runFixtures.ts'

const older = summary({ id: 'run-old', status: 'finished', createdAt: '2026-09-01T10:00:00.000Z' })
const untrained = summary({ id: 'run-failed', status: 'failed', epochsDone: 0, createdAt: '2026-08-01T10:00:00.000Z' })

async function connect(answers: ConstructorParameters<typeof FakeLab>[0]): Promise<FakeLab> {
  return (await openPage(new FakeLab(answers))).lab
}

describe('the runs', () => {
  it('are listed newest first, with where the active ones stand', async () => {
    await connect({
      'runs.list': () => [older, summary(), untrained],
      'runs.get': () => detail({ progress: progress() }),
    })
    const runs = useRunsStore()
    expect(runs.all.map(({ id }) => id)).toEqual(['run-a', 'run-old', 'run-failed'])
    expect(runs.active.map(({ id }) => id)).toEqual(['run-a'])
    expect(runs.usable.map(({ id }) => id)).toEqual(['run-a', 'run-old'])
    expect(runs.progress.get('run-a')).toEqual(progress())
  })

  it('follow events: new, changed, ended and removed', async () => {
    const lab = await connect({ 'runs.list': () => [] })
    const runs = useRunsStore()
    lab.emit('run.changed', { run: summary({ status: 'starting' }), removed: false })
    lab.emit('run.progress', { runId: 'run-a', progress: progress({ step: 7 }) })
    expect(runs.find('run-a')?.status).toBe('starting')
    expect(runs.progress.get('run-a')?.step).toBe(7)
    lab.emit('run.changed', { run: summary({ status: 'finished' }), removed: false })
    expect(runs.progress.has('run-a')).toBe(false)
    lab.emit('run.changed', { run: summary({ status: 'finished' }), removed: true })
    expect(runs.all).toEqual([])
  })

  it('are asked for again after the connection was lost', async () => {
    let answer = [summary({ status: 'running' }), older]
    const lab = await connect({ 'runs.list': () => answer, 'runs.get': () => detail() })
    const runs = useRunsStore()
    answer = [summary({ status: 'finished' })]
    lab.setState('offline')
    lab.setState('online')
    await vi.waitFor(() => expect(runs.find('run-a')?.status).toBe('finished'))
    expect(runs.find('run-old')).toBeUndefined()
  })

  it('say in a sentence that they cannot be had', async () => {
    await connect({
      'runs.list': () => {
        throw new SignumError('database_damaged', 'The database is damaged.')
      },
    })
    const runs = useRunsStore()
    expect(runs.problem).toBe('The database is damaged.')
    expect(runs.loaded).toBe(false)
  })

  it('keep what an event told while the answer to a start was on its way', async () => {
    const lab = await connect({
      'runs.list': () => [],
      'runs.start': () => {
        lab.emit('run.changed', { run: summary({ status: 'running' }), removed: false })
        return summary({ status: 'starting' })
      },
    })
    const runs = useRunsStore()
    await runs.start(detail().spec, detail().settings)
    expect(runs.find('run-a')?.status).toBe('running')
  })

  it('can be renamed, removed and brought back', async () => {
    await connect({
      'runs.list': () => [older],
      'runs.rename': ({ name }) => ({ ...older, name }),
      'runs.remove': () => ({}),
      'runs.restore': () => older,
    })
    const runs = useRunsStore()
    await runs.rename('run-old', 'the good one')
    expect(runs.find('run-old')?.name).toBe('the good one')
    await runs.remove('run-old')
    expect(runs.find('run-old')).toBeUndefined()
    await runs.restore('run-old')
    expect(runs.find('run-old')).toEqual(older)
  })
})
