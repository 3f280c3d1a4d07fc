import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import { EventHub } from '#electron/host/events.ts'
import { RunChanges } from '#electron/host/runs/run-changes.ts'
import { RunRecorder } from '#electron/host/runs/run-recorder.ts'
import { insertRun, temporaryStore, type TemporaryStore } from '../../fixtures/store.ts'

let place: TemporaryStore
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  place = temporaryStore()
  insertRun(place.store, 'a')
})
afterEach(() => {
  place[Symbol.dispose]()
  vi.useRealTimers()
})

/** Records for one engine, whose reports come at a time of day. */
function engine() {
  const events = new EventHub()
  const recorder = new RunRecorder('a', place.store, events, new RunChanges(place.store, events), () => {})
  return (clock: string, report: TrainingReport) => {
    vi.setSystemTime(`2026-10-01T${clock}Z`)
    recorder.record(report, () => true)
  }
}

const started = (stepsDone: number, secondsDone: number): TrainingReport => ({
  type: 'started',
  engine: { backend: 'native', backendVersion: '1', kernels: null, threads: 1, datasetSha256: null },
  epochsDone: 0,
  stepsDone,
  secondsDone,
})
const steps = (from: number, ...seconds: number[]): TrainingReport => {
  const column = new Float32Array(seconds.length)
  return { type: 'steps', columns: { from, loss: column, accuracy: column, seconds: Float32Array.from(seconds) } }
}
const stretches = () =>
  place.store.stretches.list('a').map(({ seconds, beganAt }) => `${seconds} s ${beganAt.slice(11, 19)}`)

it('writes down when a run was at work: from its start, after each pause and each interruption', () => {
  const first = engine()
  first('10:00:00', started(0, 0))
  first('10:00:02', steps(1, 1, 2))
  first('10:00:02', { type: 'paused' })
  first('10:05:00', { type: 'resumed' })
  first('10:05:00', { type: 'paused' })
  first('10:06:00', { type: 'resumed' })
  expect(stretches()).toEqual(['0 s 10:00:00', '2 s 10:06:00'])
  first('10:06:04', steps(3, 3, 4, 5, 6))
  first('10:06:04', { type: 'paused' })
  first('10:07:00', { type: 'resumed' })
  // Interrupted, and begun again from a checkpoint that was written after four seconds.
  engine()('11:00:00', started(4, 4))
  expect(stretches()).toEqual(['0 s 10:00:00', '2 s 10:06:00', '4 s 11:00:00'])
  place.store.runs.delete('a')
  expect(stretches()).toEqual([])
})
