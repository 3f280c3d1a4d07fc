import { describe, expect, it, vi } from 'vitest'
import type { StepColumns } from '#shared/contract/runs.ts'
import { useHistoriesStore } from '../../../../renderer/stores/histories.ts'
import { FakeLab } from '../fakeLab.ts'
import { openPage } from '../mount.ts'
import { detail, epoch, steps, summary } from '../runFixtures.ts'

/** A lab whose run has done `done` steps so far. */
async function labWith(run: { done: number; lossOf?: (step: number) => number }): Promise<FakeLab> {
  const lab = new FakeLab({
    'runs.get': () => detail({ status: 'running' }),
    'runs.steps': ({ from = 1 }) => steps(from, run.done, run.lossOf),
  })
  await openPage(lab)
  return lab
}

async function opened() {
  const histories = useHistoriesStore()
  const history = histories.open('run-a')
  await histories.whenFetched('run-a')
  return history
}

const askedForSteps = (lab: FakeLab) => lab.requests.filter(({ method }) => method === 'runs.steps').length

const lossesOf = (columns: StepColumns) => [...columns.loss]

describe('the history of a run', () => {
  it('holds what was measured before it was opened', async () => {
    await labWith({ done: 100 })
    const history = await opened()
    expect([...history.loss.view()]).toEqual(lossesOf(steps(1, 100)))
    expect(history.step.at(99)).toBe(100)
    expect(history.seconds.length).toBe(100)
    expect([...history.measures.testAccuracy.view()]).toEqual([epoch(1).testAccuracy, epoch(2).testAccuracy])
  })

  it('grows by events', async () => {
    const lab = await labWith({ done: 10 })
    const history = await opened()
    lab.emit('run.steps', { runId: 'run-a', columns: steps(11, 20) })
    lab.emit('run.steps', { runId: 'another', columns: steps(1, 500) })
    lab.emit('run.epoch', { runId: 'run-a', epoch: epoch(3) })
    expect([...history.loss.view()]).toEqual(lossesOf(steps(1, 20)))
    expect(history.epochRecords.value.map((record) => record.epoch)).toEqual([1, 2, 3])
    expect(askedForSteps(lab)).toBe(1)
  })

  it('takes changes of the learning rate, the last of a step, also while it is being fetched', async () => {
    const answered = { marks: [] as { step: number; learningRate: number }[] }
    const lab = new FakeLab({
      'runs.get': () => detail({ status: 'running', ...answered }),
      'runs.steps': () => steps(1, 10),
    })
    await openPage(lab)
    const history = await opened()
    lab.emit('run.marked', { runId: 'run-a', mark: { step: 9, learningRate: 0.1 } })
    lab.emit('run.marked', { runId: 'run-a', mark: { step: 4, learningRate: 0.2 } })
    lab.emit('run.marked', { runId: 'run-a', mark: { step: 9, learningRate: 0.3 } })
    const marks = () => history.detail.value!.marks
    expect(marks().map(({ step, learningRate }) => [step, learningRate])).toEqual([
      [4, 0.2],
      [9, 0.3],
    ])

    lab.emit('run.changed', { run: summary({ status: 'paused' }), removed: false })
    answered.marks = [{ step: 10, learningRate: 0.5 }]
    lab.emit('run.marked', { runId: 'run-a', mark: { step: 10, learningRate: 0.5 } })
    await vi.waitFor(() => expect(marks()).toEqual(answered.marks))
  })

  it('fetches what it missed', async () => {
    const run = { done: 10 }
    const lab = await labWith(run)
    const history = await opened()
    run.done = 40
    lab.emit('run.steps', { runId: 'run-a', columns: steps(31, 40) })
    await useHistoriesStore().whenFetched('run-a')
    expect(lab.requests.at(-1)?.input).toEqual({ id: 'run-a', from: 11 })
    expect([...history.loss.view()]).toEqual(lossesOf(steps(1, 40)))
  })

  it('forgets the steps that a resumed run repeats', async () => {
    const lab = await labWith({ done: 60 })
    const history = await opened()
    const again = steps(41, 45, () => 0.5)
    lab.emit('run.steps', { runId: 'run-a', columns: again })
    expect([...history.loss.view()]).toEqual([...lossesOf(steps(1, 40)), ...lossesOf(again)])
    lab.emit('run.epoch', { runId: 'run-a', epoch: epoch(1, { trainLoss: 9 }) })
    expect([...history.measures.trainLoss.view()]).toEqual([9])
  })

  it('keeps steps that overtook the answer to its own question', async () => {
    let answer: (columns: StepColumns) => void = () => undefined
    const lab = new FakeLab({
      'runs.get': () => detail(),
      'runs.steps': () => new Promise<StepColumns>((resolve) => (answer = resolve)),
    })
    await openPage(lab)
    const history = useHistoriesStore().open('run-a')
    await vi.waitFor(() => expect(askedForSteps(lab)).toBe(1))
    lab.emit('run.steps', { runId: 'run-a', columns: steps(1, 30) })
    answer(steps(1, 20))
    await useHistoriesStore().whenFetched('run-a')
    expect([...history.loss.view()]).toEqual(lossesOf(steps(1, 30)))
  })

  it('is read anew after the connection was lost, whatever happened meanwhile', async () => {
    const run = { done: 60, lossOf: (step: number) => 1 / step }
    const lab = await labWith(run)
    const history = await opened()
    Object.assign(run, { done: 50, lossOf: (step: number) => 2 / step })
    lab.setState('offline')
    lab.setState('online')
    await vi.waitFor(() => expect(history.loss.length).toBe(50))
    expect([...history.loss.view()]).toEqual(lossesOf(steps(1, 50, run.lossOf)))
  })

  it('fetches its last steps and its provenance when its status changes', async () => {
    const run = { done: 10 }
    const lab = await labWith(run)
    const history = await opened()
    run.done = 12
    lab.emit('run.changed', { run: summary({ status: 'finished' }), removed: false })
    await useHistoriesStore().whenFetched('run-a')
    expect(history.loss.length).toBe(12)
  })

  it('says in a sentence that it cannot be had', async () => {
    await openPage()
    const history = await opened()
    expect(history.problem.value).toContain('no run "run-a"')
  })

  it('is opened once for everyone who looks at it, and forgotten when many others came after it', async () => {
    await labWith({ done: 1 })
    const histories = useHistoriesStore()
    const first = histories.open('run-1')
    expect(histories.open('run-1')).toBe(first)
    for (let index = 2; index < 60; index++) histories.open(`run-${index}`)
    expect(histories.open('run-1')).not.toBe(first)
  })
})
