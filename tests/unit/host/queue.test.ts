import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import type { TrainingCommand } from '#electron/engine/protocol.ts'
import type { Host } from '#electron/host/host.ts'
import type { EngineExit, EngineProcess, ProcessLauncher } from '#electron/host/launcher.ts'
import { initialProvenance } from '#electron/host/provenance.ts'
import { threadsOf } from '#electron/host/runs/threads.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { nextEvent, openLab } from '../../fixtures/lab.ts'
import { smallNetwork } from '../../fixtures/networks.ts'
import { startRun } from '../../fixtures/runs.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

/** Engines that leave when a test lets them. */
class Engines implements ProcessLauncher {
  readonly leave: (() => void)[] = []
  readonly threads: (number | null)[] = []
  /** Processes that can be had in all. */
  room = Infinity

  spawn(): EngineProcess {
    if (this.leave.length >= this.room) throw new Error('spawn EAGAIN')
    let exit: (exit: EngineExit) => void = () => {}
    const leave = () => exit({ code: 0, signal: null })
    this.leave.push(leave)
    const post = (command: TrainingCommand) => {
      if (command.type === 'train') this.threads.push(command.job.settings.threads)
    }
    return { pid: undefined, post, onMessage() {}, onExit: (listener) => void (exit = listener), kill: leave }
  }
}

let folder: ReturnType<typeof temporaryFolder>
let engines: Engines
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  engines = new Engines()
  lab = openLab(folder.path, { launcher: engines })
})

afterEach(async () => {
  await lab.close(0)
  folder[Symbol.dispose]()
})

async function statuses(): Promise<Record<string, string>> {
  const runs = await lab.request('runs.list', {})
  return Object.fromEntries(runs.map(({ name, status }) => [name, status]))
}

describe('the queue', () => {
  it('lets two runs train side by side, and the next one begin when an engine has left', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await startRun(lab, name)
    expect(await statuses()).toEqual({ a: 'starting', b: 'starting', c: 'queued', d: 'queued' })
    engines.leave[1]!()
    await expect.poll(statuses).toEqual({ a: 'starting', b: 'interrupted', c: 'starting', d: 'queued' })
  })

  it('tells its order, also to those who ask, whenever that changes', async () => {
    const told: string[][] = []
    lab.subscribe('queue.changed', ({ runIds }) => told.push([...runIds]))
    for (const name of ['a', 'b']) await startRun(lab, name)
    const [c, d, e] = [await startRun(lab, 'c'), await startRun(lab, 'd'), await startRun(lab, 'e')]
    expect(await lab.request('runs.queue', {})).toEqual([c.id, d.id, e.id])
    await lab.request('runs.stop', { id: d.id })
    // What was stopped and goes on stands at the end.
    await lab.request('runs.resume', { id: d.id })
    expect(told.at(-1)).toEqual([c.id, e.id, d.id])
    engines.leave[0]!()
    await expect.poll(() => told.at(-1)).toEqual([e.id, d.id])
    expect(await lab.request('runs.queue', {})).toEqual([e.id, d.id])
  })

  it('begins a waiting run before its turn when it is resumed', async () => {
    for (const name of ['a', 'b', 'c']) await startRun(lab, name)
    const { id } = await startRun(lab, 'd')
    expect(await lab.request('runs.resume', { id })).toMatchObject({ name: 'd', status: 'starting' })
    expect(await statuses()).toMatchObject({ c: 'queued', d: 'starting' })
  })

  it('lets go of a waiting run that is stopped, and of one that is deleted', async () => {
    for (const name of ['a', 'b']) await startRun(lab, name)
    const [c, d] = [await startRun(lab, 'c'), await startRun(lab, 'd')]
    await lab.request('runs.stop', { id: c.id })
    await lab.request('runs.remove', { id: d.id })
    expect(await statuses()).toEqual({ a: 'starting', b: 'starting', c: 'stopped' })
    const interrupted = nextEvent(lab, 'run.changed', ({ run }) => run.status === 'interrupted')
    engines.leave[0]!()
    await interrupted
    expect(engines.leave).toHaveLength(2)
  })

  it('is not held up by a run whose engine cannot be started', async () => {
    for (const name of ['a', 'b', 'c']) await startRun(lab, name)
    engines.room = 2
    const notice = nextEvent(lab, 'lab.notice')
    engines.leave[0]!()
    expect((await notice).message).toMatch(/could not be started: spawn EAGAIN/)
    expect(await statuses()).toMatchObject({ c: 'interrupted' })
    engines.room = Infinity
    await startRun(lab, 'd')
    expect(await statuses()).toMatchObject({ d: 'starting' })
  })

  it('can be resumed where the database could not be written when a turn came', async () => {
    const database = new BetterSqlite(join(folder.path, 'lab.db'))
    database.exec(
      "CREATE TRIGGER full BEFORE UPDATE ON runs WHEN NEW.status = 'starting' BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    await expect(startRun(lab, 'a')).rejects.toThrow('full')
    database.exec('DROP TRIGGER full')
    database.close()
    const [run] = await lab.request('runs.list', {})
    expect(run).toMatchObject({ name: 'a', status: 'queued' })
    expect(await lab.request('runs.resume', { id: run!.id })).toMatchObject({ status: 'starting' })
  })

  it('that was waiting when the lab was closed can be resumed when it opens again', async () => {
    for (const name of ['a', 'b', 'c']) await startRun(lab, name)
    await lab.close(0)
    lab = openLab(folder.path, { launcher: engines })
    const [waited] = await lab.request('runs.list', { search: 'c' })
    expect(waited).toMatchObject({ status: 'interrupted', message: expect.stringMatching(/before its turn came/) })
    expect(await lab.request('runs.resume', { id: waited!.id })).toMatchObject({ status: 'starting', message: null })
  })
})

describe('the threads of a run', () => {
  const half = Math.max(1, Math.floor(availableParallelism() / 2))

  it('are shared with the runs that train when it begins, those that begin with it among them', async () => {
    await startRun(lab, 'alone')
    await startRun(lab, 'beside')
    await startRun(lab, 'asked', 3, { threads: 7 })
    expect(engines.threads).toEqual([availableParallelism(), half])
    await lab.request('runs.start', { spec: smallNetwork('many'), settings: {}, repeats: 2 })
    engines.leave[0]!()
    await expect.poll(() => engines.threads.slice(2)).toEqual([7])
    engines.leave[1]!()
    await expect.poll(() => engines.threads.slice(3)).toEqual([half])
  })

  it('are divided among networks that are started together, which then train side by side, seed by seed', async () => {
    const pair = ['a', 'b'].map((name) => ({ spec: smallNetwork(name), settings: {}, repeats: 2 }))
    const started = await lab.request('runs.startTogether', { runs: pair })
    expect(started.map(({ name }) => name)).toEqual(['a, seed 1', 'b, seed 1'])
    expect(engines.threads).toEqual([half, half])
    expect(await statuses()).toMatchObject({ 'a, seed 1': 'starting', 'b, seed 1': 'starting' })
    const waiting = await lab.request('runs.queue', {})
    const names = new Map((await lab.request('runs.list', {})).map(({ id, name }) => [id, name]))
    expect(waiting.map((id) => names.get(id))).toEqual(['a, seed 2', 'b, seed 2'])
  })

  it('are no more than settings may ask for, however large the machine', () => {
    const settings = trainingSettingsSchema.parse({})
    const record = { settings, provenance: initialProvenance(smallNetwork('a'), { version: '1', commit: null }) }
    expect(threadsOf(record, 1, 384)).toBe(256)
    expect(() => trainingSettingsSchema.parse({ ...settings, threads: threadsOf(record, 1, 384) })).not.toThrow()
    expect([1, 2, 3].map((together) => threadsOf(record, together, 2))).toEqual([2, 1, 1])
  })

  it('are not asked of networks of which one cannot be trained: then none begins', async () => {
    const runs = [
      { spec: smallNetwork('a'), settings: {} },
      { spec: smallNetwork('b'), settings: { limit: 60_001 } },
    ]
    await expect(lab.request('runs.startTogether', { runs })).rejects.toMatchObject({ code: 'invalid_settings' })
    expect(await statuses()).toEqual({})
  })
})

describe('networks that are started together, of which one gets no engine', () => {
  const start = () => {
    const runs = ['a', 'b'].map((name) => ({ spec: smallNetwork(name), settings: {} }))
    return lab.request('runs.startTogether', { runs })
  }

  it('train but for that one, which says why and can be resumed', async () => {
    engines.room = 1
    const notice = nextEvent(lab, 'lab.notice')
    const [a, b] = await start()
    expect(a).toMatchObject({ name: 'a', status: 'starting', message: null })
    expect(b).toMatchObject({ name: 'b', status: 'interrupted', errorCode: 'engine_died' })
    expect((await notice).message).toBe(`Run ${b!.id}: ${b!.message}`)
    engines.room = 2
    expect(await lab.request('runs.resume', { id: b!.id })).toMatchObject({ status: 'starting' })
  })

  it('are refused where none of them gets one, and stand in History with the reason', async () => {
    engines.room = 0
    await expect(start()).rejects.toMatchObject({ code: 'engine_died' })
    expect(await statuses()).toEqual({ a: 'interrupted', b: 'interrupted' })
  })
})

describe('what the lab tells of a run that is started', () => {
  it('is each of its steps, once', async () => {
    const told: string[] = []
    lab.subscribe('run.changed', ({ run }) => told.push(run.status))
    await startRun(lab, 'once')
    expect(told).toEqual(['queued', 'starting'])
  })
})

describe('a network that is trained with several seeds', () => {
  it('becomes a group of runs that differ by their seed', async () => {
    const settings = { epochs: 1, seed: 4_294_967_295 }
    const first = await lab.request('runs.start', { spec: smallNetwork('many'), settings, repeats: 3 })
    const runs = (await lab.request('runs.list', {})).toReversed()
    expect(runs.map(({ name, status }) => [name, status])).toEqual([
      ['many, seed 4294967295', 'starting'],
      ['many, seed 0', 'starting'],
      ['many, seed 1', 'queued'],
    ])
    expect(runs[0]!.id).toBe(first.id)
    expect(first.groupId).not.toBeNull()
    expect(new Set(runs.map(({ groupId }) => groupId))).toEqual(new Set([first.groupId]))
    const { settings: last } = await lab.request('runs.get', { id: runs[2]!.id })
    expect(last.seed).toBe(1)
    const again = await lab.request('runs.start', { spec: smallNetwork('many'), settings, repeats: 2 })
    expect(again.name).toBe('many 2, seed 4294967295')
  })

  it('is refused with too many of them, and a run alone has no group', async () => {
    const request = { spec: smallNetwork(), settings: {}, repeats: 21 }
    await expect(lab.request('runs.start', request)).rejects.toMatchObject({ code: 'invalid_request' })
    expect((await startRun(lab, 'alone')).groupId).toBeNull()
  })
})

describe('what is asked of a run that waits', () => {
  it.each(['runs.pause', 'runs.checkpoint'] as const)('%s is refused', async (method) => {
    for (const name of ['a', 'b']) await startRun(lab, name)
    const { id } = await startRun(lab, 'c')
    await expect(lab.request(method, { id })).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
