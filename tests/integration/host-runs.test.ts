import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host, HostOptions } from '#electron/host/host.ts'
import { runDetailSchema, runSummarySchema } from '#shared/contract/runs.ts'
import { nextEvent, openLab } from '../fixtures/lab.ts'
import { reaches, startRun, trainToEnd } from '../fixtures/runs.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

/** Short enough to wait for an engine that does not heed them. */
const IMPATIENT = { stopWithinMs: 300, checkEveryMs: 20, stalledAfterMs: 300, memoryBytes: 1e9 }

let folder: ReturnType<typeof temporaryFolder>
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  lab = openLab(folder.path)
})

afterEach(async () => {
  await lab.close()
  folder[Symbol.dispose]()
})

async function reopen(limits: HostOptions['limits'] = {}): Promise<Host> {
  await lab.close()
  return (lab = openLab(folder.path, { limits }))
}

describe('a run', () => {
  it('is trained to its end, and everything the engine reported can be read', async () => {
    const started = await startRun(lab, 'plain')
    expect(started).toMatchObject({ status: 'starting', network: 'plain', epochs: 3, epochsDone: 0, backend: null })
    expect(started.id).toMatch(/^[a-z2-7]{10}$/)
    const finished = await reaches(lab, started.id, 'finished')
    expect(finished).toMatchObject({ epochsDone: 3, seconds: 3, backend: 'native', message: null, errorCode: null })
    expect(finished.finishedAt).not.toBeNull()
    const detail = await lab.request('runs.get', { id: 'latest' })
    expect(runDetailSchema.parse(detail).epochRecords.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(detail).toMatchObject({ stepMs: 2, progress: null, provenance: { backendVersion: 'Fake 1.0' } })
    expect(await lab.request('runs.predictedEpochs', { id: started.id })).toEqual({ epochs: [1, 2, 3] })
    const { predicted } = await lab.request('runs.predictions', { id: started.id, epoch: 2 })
    expect(predicted).toEqual(new Uint8Array(20).fill(2))
    await expect(lab.request('runs.predictions', { id: started.id, epoch: 4 })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/Choose one of 1, 2, 3\./),
    })
    const steps = await lab.request('runs.steps', { id: started.id, from: 11 })
    expect(steps.loss).toHaveLength(20)
    expect(steps.loss[0]).toBeCloseTo(1 / 11)
    expect((await lab.request('lab.info', {})).backend).toBe('Fake 1.0')
  })

  it('tells its steps, progress and epochs while it is trained', async () => {
    const progress = nextEvent(lab, 'run.progress')
    const steps = nextEvent(lab, 'run.steps')
    const epoch = nextEvent(lab, 'run.epoch')
    const { id } = await trainToEnd(lab, 'plain', 1)
    expect((await progress).progress).toMatchObject({ epoch: 1, step: 10, totalSteps: 10 })
    expect((await steps).columns).toMatchObject({ from: 1 })
    expect(await epoch).toMatchObject({ runId: id, epoch: { epoch: 1 } })
  })

  it('pauses, tells where it stands, and goes on', async () => {
    const { id } = await startRun(lab, 'waits', 5)
    await nextEvent(lab, 'run.progress')
    await lab.request('runs.pause', { id })
    await reaches(lab, id, 'paused')
    const detail = await lab.request('runs.get', { id })
    expect(detail.progress).not.toBeNull()
    await lab.request('runs.resume', { id })
    expect(await reaches(lab, id, 'finished')).toMatchObject({ epochsDone: 5 })
  })

  it('stops with a checkpoint and goes on from there', async () => {
    const { id } = await startRun(lab, 'waits', 6)
    await nextEvent(lab, 'run.epoch')
    await lab.request('runs.stop', { id })
    const stopped = await reaches(lab, id, 'stopped')
    expect(stopped.epochsDone).toBeGreaterThanOrEqual(1)
    expect(stopped.epochsDone).toBeLessThan(6)
    await lab.request('runs.resume', { id })
    expect(await reaches(lab, id, 'finished')).toMatchObject({ epochsDone: 6, message: null })
    const { loss } = await lab.request('runs.steps', { id })
    expect(loss).toEqual(Float32Array.from({ length: 60 }, (_, index) => 1 / (index + 1)))
  })

  it('goes on from the beginning when it was interrupted before its first checkpoint', async () => {
    await reopen(IMPATIENT)
    const { id } = await startRun(lab, 'hang')
    await reaches(lab, id, 'running')
    await lab.request('runs.stop', { id })
    expect((await reaches(lab, id, 'interrupted')).epochsDone).toBe(0)
    const resumed = await lab.request('runs.resume', { id })
    expect(resumed).toMatchObject({ status: 'starting', message: null, errorCode: null, finishedAt: null })
    await reaches(lab, id, 'running')
  })

  it('cannot be resumed when it has finished, and says why', async () => {
    const { id } = await trainToEnd(lab, 'plain')
    await expect(lab.request('runs.resume', { id })).rejects.toMatchObject({
      code: 'run_not_resumable',
      message: `Run ${id} has finished all of its 3 epochs.`,
    })
    await expect(lab.request('runs.stop', { id })).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('runs beside another one', async () => {
    const ended = await Promise.all([trainToEnd(lab, 'plain'), trainToEnd(lab, 'slow')])
    expect(ended.map(({ status }) => status)).toEqual(['finished', 'finished'])
  })

  it('leaves a row that keeps to the contract', async () => {
    await trainToEnd(lab, 'plain')
    for (const run of await lab.request('runs.list', {})) expect(runSummarySchema.parse(run)).toEqual(run)
  })
})

describe('an engine that misbehaves leaves its run', () => {
  beforeEach(() => reopen(IMPATIENT))

  it.each([
    ['crash', 'interrupted', 'engine_died', 'The engine crashed in native code (SIGSEGV).'],
    ['exit', 'interrupted', 'engine_died', 'The engine ended with exit code 3.'],
    ['nonsense', 'interrupted', 'internal', 'The engine said something unknown'],
    ['greedy', 'interrupted', 'out_of_memory', 'more than the 1000 MB it may'],
    ['diverge', 'failed', 'diverged', 'The loss is not a number at step 1.'],
  ] as const)('%s: %s with the code %s', async (behaviour, status, errorCode, message) => {
    const run = await trainToEnd(lab, behaviour, 20)
    expect(run).toMatchObject({ status, errorCode })
    expect(run.message).toContain(message)
  })

  it('resumable after a crash', async () => {
    const { id } = await trainToEnd(lab, 'crash')
    await lab.request('runs.resume', { id })
    expect(await reaches(lab, id, 'finished')).toMatchObject({ epochsDone: 3, errorCode: null })
  })

  it('not resumable when another try would end the same', async () => {
    const { id } = await trainToEnd(lab, 'diverge')
    await expect(lab.request('runs.resume', { id })).rejects.toMatchObject({ code: 'run_not_resumable' })
  })

  it('marked as stalled while it says nothing, and can be stopped at once then', async () => {
    const { id } = await startRun(lab, 'hang')
    const { run } = await nextEvent(lab, 'run.changed', ({ run: { status, errorCode } }) => {
      return status === 'running' && errorCode === 'engine_stalled'
    })
    expect(run).toMatchObject({ message: expect.stringContaining('has not reported') as string })
    await lab.request('runs.stop', { id })
    expect(await reaches(lab, id, 'interrupted')).toMatchObject({ errorCode: 'engine_stalled' })
  })

  it('interrupted when it does not heed a stop', async () => {
    const { id } = await startRun(lab, 'deaf', 1000)
    await nextEvent(lab, 'run.epoch')
    await lab.request('runs.stop', { id })
    expect(await reaches(lab, id, 'interrupted')).toMatchObject({ errorCode: 'engine_stalled' })
  })

  it('without half-written checkpoints', async () => {
    const { id } = await startRun(lab, 'hang')
    const checkpoints = join(folder.path, 'runs', id, 'checkpoints')
    mkdirSync(join(checkpoints, 'epoch-0001.tmp'))
    await lab.request('runs.stop', { id })
    await reaches(lab, id, 'interrupted')
    await lab.close()
    expect(readdirSync(checkpoints)).toEqual([])
  })
})

describe('closing the lab', () => {
  it('stops a run with a checkpoint', async () => {
    const { id } = await startRun(lab, 'waits', 100)
    await nextEvent(lab, 'run.epoch')
    await reopen()
    const run = await lab.request('runs.get', { id })
    expect(run).toMatchObject({ status: 'stopped', progress: null })
    expect(
      existsSync(join(folder.path, 'runs', id, 'checkpoints', `epoch-${String(run.epochsDone).padStart(4, '0')}`)),
    ).toBe(true)
  })

  it('does not wait for ever for an engine that does not stop', async () => {
    await reopen({ stopWithinMs: 300 })
    const { id } = await startRun(lab, 'deaf', 1000)
    await nextEvent(lab, 'run.epoch')
    await reopen()
    expect(await lab.request('runs.get', { id })).toMatchObject({ status: 'interrupted' })
  })

  it('can be hurried', async () => {
    const patient = openLab(join(folder.path, 'patient'), { limits: { stopWithinMs: 3_600_000 } })
    const { id } = await startRun(patient, 'deaf', 1000)
    await nextEvent(patient, 'run.epoch')
    const closed = patient.close()
    void patient.close(0)
    await closed
    const again = openLab(join(folder.path, 'patient'))
    expect(await again.request('runs.get', { id })).toMatchObject({ status: 'interrupted' })
    await again.close()
  })

  it('refuses what is asked afterwards', async () => {
    await lab.close()
    await expect(lab.request('runs.list', {})).rejects.toMatchObject({ code: 'cancelled' })
    await lab.close()
  })
})
