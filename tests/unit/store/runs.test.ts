import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Epoch } from '#shared/contract/runs.ts'
import { runSummarySchema } from '#shared/contract/runs.ts'
import { insertRun, newRun, temporaryStore, type TemporaryStore } from '../../fixtures/store.ts'

let lab: TemporaryStore
beforeEach(() => {
  lab = temporaryStore()
})
afterEach(() => lab[Symbol.dispose]())

function epoch(number: number, testAccuracy: number): Epoch {
  return { epoch: number, trainLoss: 1 / number, trainAccuracy: 0.5, testLoss: 0.4, testAccuracy, seconds: 2 }
}

describe('a run in the store', () => {
  it('comes back as it was put in, before and after the store was closed', () => {
    insertRun(lab.store, 'abc')
    const { spec, settings, provenance } = newRun('abc')
    const summary = {
      id: 'abc',
      status: 'queued',
      network: 'small',
      epochs: 3,
      seed: 7,
      epochsDone: 0,
      testAccuracy: null,
      seconds: 0,
    }
    expect(lab.store.runs.summary('abc')).toMatchObject(summary)
    expect(runSummarySchema.parse(lab.reopen().runs.summary('abc'))).toMatchObject(summary)
    expect(lab.store.runs.record('abc')).toEqual({ spec, settings, provenance, stepMs: null, keptEpoch: null })
  })

  it('tells its last and its best epoch', () => {
    insertRun(lab.store, 'abc')
    for (const [index, accuracy] of [0.9, 0.97, 0.95].entries()) lab.store.epochs.put('abc', epoch(index + 1, accuracy))
    expect(lab.store.runs.summary('abc')).toMatchObject({
      epochsDone: 3,
      testAccuracy: 0.95,
      bestTestAccuracy: 0.97,
      trainLoss: 1 / 3,
    })
    lab.store.epochs.deleteAfter('abc', 1)
    expect(lab.store.epochs.list('abc')).toEqual([epoch(1, 0.9)])
    expect(lab.store.runs.summary('abc')).toMatchObject({ epochsDone: 1, testAccuracy: 0.9 })
  })

  it('has the results of the epoch whose weights were kept', () => {
    insertRun(lab.store, 'abc')
    for (const [index, accuracy] of [0.9, 0.97, 0.95].entries()) lab.store.epochs.put('abc', epoch(index + 1, accuracy))
    lab.store.runs.update('abc', { keptEpoch: 2 })
    expect(lab.store.runs.summary('abc')).toMatchObject({ epochsDone: 3, testAccuracy: 0.97, trainLoss: 1 / 2 })
    expect(lab.store.runs.record('abc')!.keptEpoch).toBe(2)
  })

  it('that holds images out has its best epoch by them, and tells what they said', () => {
    insertRun(lab.store, 'abc')
    const epochs = [0.9, 0.97, 0.95].map((accuracy, index) => ({
      ...epoch(index + 1, accuracy),
      validationLoss: 0.3,
      validationAccuracy: [0.9, 0.91, 0.93][index]!,
    }))
    for (const record of epochs) lab.store.epochs.put('abc', record)
    expect(lab.store.epochs.list('abc')).toEqual(epochs)
    expect(lab.store.runs.summary('abc')).toMatchObject({ testAccuracy: 0.95, bestTestAccuracy: 0.95 })
  })

  it('changes only what is told', () => {
    insertRun(lab.store, 'abc')
    const before = lab.store.runs.summary('abc')
    expect(lab.store.runs.update('abc', { status: 'failed', message: 'It broke.', errorCode: 'diverged' })).toBe(true)
    expect(lab.store.runs.summary('abc')).toEqual({
      ...before,
      status: 'failed',
      message: 'It broke.',
      errorCode: 'diverged',
    })
    expect(lab.store.runs.update('nope', { name: 'x' })).toBe(false)
  })

  it('tells its backend once the engine has', () => {
    insertRun(lab.store, 'abc')
    const provenance = { ...newRun('abc').provenance, backend: 'tensorflow' }
    lab.store.runs.update('abc', { provenance })
    expect(lab.store.runs.summary('abc')?.backend).toBe('tensorflow')
  })

  it('takes its epochs and steps with it when it is deleted', () => {
    insertRun(lab.store, 'abc')
    lab.store.epochs.put('abc', epoch(1, 0.9))
    lab.store.steps.put('abc', {
      from: 1,
      loss: Float32Array.of(1),
      accuracy: Float32Array.of(1),
      seconds: Float32Array.of(1),
    })
    lab.store.runs.delete('abc')
    expect(lab.store.epochs.list('abc')).toEqual([])
    expect(lab.store.steps.columns('abc', 1).loss).toHaveLength(0)
  })

  it('cannot have epochs or steps without being there', () => {
    expect(() => lab.store.epochs.put('nope', epoch(1, 0.9))).toThrow(/FOREIGN KEY/)
  })
})

describe('the list of runs', () => {
  beforeEach(() => {
    insertRun(lab.store, 'aaa', { name: 'First 100%' }, '2026-01-01T00:00:00.000Z')
    insertRun(lab.store, 'aab', { name: 'second_try' }, '2026-01-03T00:00:00.000Z')
    insertRun(lab.store, 'bbb', { name: 'Third' }, '2026-01-02T00:00:00.000Z')
  })
  const ids = (filter?: Parameters<typeof lab.store.runs.list>[0]) => lab.store.runs.list(filter).map(({ id }) => id)

  it('has the newest first', () => {
    expect(ids()).toEqual(['aab', 'bbb', 'aaa'])
    expect(lab.store.runs.newestId()).toBe('aab')
  })

  it.each([
    ['third', ['bbb']],
    [' small ', ['aab', 'bbb', 'aaa']],
    ['100%', ['aaa']],
    ['d_t', ['aab']],
    ['%', ['aaa']],
    ['nothing like it', []],
    ["'; DROP TABLE runs; --", []],
  ])('finds %j as it is written', (search, expected) => {
    expect(ids({ search })).toEqual(expected)
  })

  it('can be narrowed to a status', () => {
    lab.store.runs.update('bbb', { status: 'finished' })
    expect(ids({ status: 'finished' })).toEqual(['bbb'])
    expect(ids({ status: 'finished', search: 'first' })).toEqual([])
  })

  it('leaves hidden runs out', () => {
    lab.store.runs.update('aab', { removedAt: '2026-02-01T00:00:00.000Z' })
    expect(ids()).toEqual(['bbb', 'aaa'])
    expect(lab.store.runs.newestId()).toBe('bbb')
    expect(lab.store.runs.idsBeginning('a', { hidden: false })).toEqual(['aaa'])
    expect(lab.store.runs.idsBeginning('a', { hidden: true })).toEqual(['aab'])
    expect(lab.store.runs.isHidden('aab')).toBe(true)
    expect(lab.store.runs.idsHiddenBefore('2026-02-02T00:00:00.000Z')).toEqual(['aab'])
    expect(lab.store.runs.idsHiddenBefore('2026-02-01T00:00:00.000Z')).toEqual([])
  })
})

describe('the steps of a run', () => {
  const columns = (from: number, ...loss: number[]) => ({
    from,
    loss: Float32Array.from(loss),
    accuracy: Float32Array.from(loss, () => 0.5),
    seconds: Float32Array.from(loss, (_, index) => from + index),
  })
  beforeEach(() => insertRun(lab.store, 'abc'))

  it('come back as columns from any step on', () => {
    lab.store.steps.put('abc', columns(1, 0.5, 0.25))
    lab.store.steps.put('abc', columns(3, 0.125))
    expect(lab.store.steps.columns('abc', 1)).toEqual(columns(1, 0.5, 0.25, 0.125))
    expect(lab.store.steps.columns('abc', 2)).toEqual(columns(2, 0.25, 0.125))
    expect(lab.store.steps.columns('abc', 4)).toEqual(columns(4))
  })

  it('stand at their own number, with NaN for what was never recorded', () => {
    lab.store.steps.put('abc', columns(1, 0.5))
    lab.store.steps.put('abc', columns(3, NaN, 0.25))
    expect(lab.store.steps.columns('abc', 1).loss).toEqual(Float32Array.of(0.5, NaN, NaN, 0.25))
  })

  it('are trained again after a checkpoint', () => {
    lab.store.steps.put('abc', columns(1, 0.5, 0.25, 0.125))
    lab.store.steps.deleteAfter('abc', 1)
    lab.store.steps.put('abc', columns(2, 0.75))
    expect(lab.store.steps.columns('abc', 1).loss).toEqual(Float32Array.of(0.5, 0.75))
  })
})
