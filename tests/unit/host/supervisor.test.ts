import { rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineRole, TrainingCommand } from '#electron/engine/protocol.ts'
import type { Host } from '#electron/host/host.ts'
import type { EngineExit, EngineProcess, ProcessLauncher } from '#electron/host/launcher.ts'
import { openLab } from '../../fixtures/lab.ts'
import { reaches, startRun } from '../../fixtures/runs.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

/** Engines that say and do nothing until a test makes them: only so can two things meet at one moment. */
class PuppetLauncher implements ProcessLauncher {
  readonly engines: Puppet[] = []
  problem: Error | null = null

  readonly environments: Readonly<Record<string, string>>[] = []

  spawn(_role: EngineRole, environment: Readonly<Record<string, string>>): EngineProcess {
    if (this.problem) throw this.problem
    this.environments.push(environment)
    const engine = new Puppet()
    this.engines.push(engine)
    return engine
  }
}

class Puppet implements EngineProcess {
  readonly pid = undefined
  #say: (message: unknown) => void = () => {}
  #exit: (exit: EngineExit) => void = () => {}

  threads: number | null = null

  post(command: TrainingCommand): void {
    if (command.type === 'train') this.threads = command.job.settings.threads
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#say = listener
  }

  onExit(listener: (exit: EngineExit) => void): void {
    this.#exit = listener
  }

  kill(): void {
    this.#exit({ code: null, signal: 'SIGKILL' })
  }

  say(message: unknown): void {
    this.#say(message)
  }

  exit(): void {
    this.#exit({ code: 0, signal: null })
  }
}

const CHECK_EVERY_MS = 10

let folder: ReturnType<typeof temporaryFolder>
let launcher: PuppetLauncher
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  launcher = new PuppetLauncher()
  lab = openLab(folder.path, { launcher, fastestBackend: () => 'native', limits: { checkEveryMs: CHECK_EVERY_MS } })
})

afterEach(async () => {
  await lab.close(0)
  folder[Symbol.dispose]()
})

describe('an engine for which there is no process', () => {
  const refusal = { code: 'engine_died', message: 'The engine could not be started: spawn EAGAIN. Try again.' }
  beforeEach(() => {
    launcher.problem = new Error('spawn EAGAIN')
  })

  it('leaves its run interrupted, and a later try may do better', async () => {
    await expect(startRun(lab, 'later')).rejects.toMatchObject(refusal)
    const [run] = await lab.request('runs.list', {})
    expect(run).toMatchObject({ status: 'interrupted', errorCode: 'engine_died', message: refusal.message })
    launcher.problem = null
    expect(await lab.request('runs.resume', { id: run!.id })).toMatchObject({ status: 'starting', message: null })
  })

  it('is told to whoever asks it something', async () => {
    await expect(lab.request('datasets.list', {})).rejects.toMatchObject(refusal)
  })
})

describe('an end that cannot be written', () => {
  /** A database that refuses what a full disk would refuse. */
  function refuse(what: string): () => void {
    const database = new BetterSqlite(join(folder.path, 'lab.db'))
    database.exec(`CREATE TRIGGER full BEFORE UPDATE ON runs WHEN ${what} BEGIN SELECT RAISE(ABORT, 'full'); END`)
    return () => {
      database.exec('DROP TRIGGER full')
      database.close()
    }
  }

  async function loseTheEnd(): Promise<{ id: string; makeRoom: () => void }> {
    const { id } = await startRun(lab, 'ended')
    const makeRoom = refuse("NEW.status = 'interrupted'")
    const told = reaches(lab, id, 'interrupted')
    launcher.engines[0]!.exit()
    expect(await told).toMatchObject({ errorCode: 'engine_died' })
    expect(await lab.request('runs.get', { id })).toMatchObject({ status: 'starting' })
    return { id, makeRoom }
  }

  it('is written as soon as it can be', async () => {
    const { id, makeRoom } = await loseTheEnd()
    const interrupted = reaches(lab, id, 'interrupted')
    makeRoom()
    expect(await interrupted).toMatchObject({
      errorCode: 'engine_died',
      message: expect.stringMatching(/ended before/),
    })
  })

  it('is no longer written where the run goes on', async () => {
    const { id, makeRoom } = await loseTheEnd()
    expect(await lab.request('runs.resume', { id })).toMatchObject({ status: 'starting' })
    makeRoom()
    const finished = reaches(lab, id, 'finished', 'interrupted')
    await setTimeout(5 * CHECK_EVERY_MS)
    launcher.engines[1]!.say({ type: 'finished', stepMs: 1, seconds: 3, keptEpoch: null, remark: null })
    expect(await finished).toMatchObject({ status: 'finished' })
  })
})

describe('what a run began with', () => {
  const backends = () => launcher.environments.map((environment) => environment['SIGNUM_AUTO_BACKEND'])

  it('stays when it goes on: the backend that "auto" meant, and its threads', async () => {
    const { id } = await startRun(lab, 'elsewhere')
    const engine = { backend: 'tensorflow', backendVersion: '1', kernels: null, threads: 3, datasetSha256: null }
    const [puppet] = launcher.engines
    puppet!.say({ type: 'started', engine, epochsDone: 0, stepsDone: 0, secondsDone: 0 })
    const stopped = reaches(lab, id, 'stopped')
    puppet!.say({ type: 'stopped', seconds: 1 })
    await stopped
    puppet!.exit()
    await lab.request('runs.resume', { id })
    expect(backends()).toEqual(['native', 'tensorflow'])
    expect(launcher.engines.map(({ threads }) => threads)).toEqual([availableParallelism(), 3])
  })
})

describe('a run that ended with the weights of an earlier epoch', () => {
  it('has the results of that epoch, and says so without calling it an error', async () => {
    const { id } = await startRun(lab, 'early')
    const [puppet] = launcher.engines
    const predictions = { predicted: new Uint8Array(1), losses: new Uint8Array(1) }
    for (const [index, testAccuracy] of [0.8, 0.9, 0.7].entries()) {
      const scores = { trainLoss: 1, trainAccuracy: 0.5, testLoss: 1 - testAccuracy, testAccuracy, seconds: 1 }
      puppet!.say({ type: 'epoch', epoch: { epoch: index + 1, ...scores }, stepMs: 1, predictions })
    }
    const finished = reaches(lab, id, 'finished')
    puppet!.say({ type: 'finished', stepMs: 1, seconds: 3, keptEpoch: 2, remark: 'It has the weights of epoch 2.' })
    await finished
    expect(await lab.request('runs.get', { id })).toMatchObject({
      epochsDone: 3,
      testAccuracy: 0.9,
      message: 'It has the weights of epoch 2.',
      errorCode: null,
    })
  })
})

it('a lab that cannot put right what was left behind gives its folder free', async () => {
  await startRun(lab, 'left')
  await lab.close(0)
  const database = new BetterSqlite(join(folder.path, 'lab.db'))
  database.exec("UPDATE runs SET status = 'running'")
  database.exec("CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'full'); END")
  const open = () => openLab(folder.path, { launcher })
  expect(open).toThrow('full')
  database.exec('DROP TRIGGER full')
  database.close()
  lab = open()
  expect(await lab.request('runs.list', {})).toMatchObject([{ name: 'left', status: 'interrupted' }])
})

describe('a run whose files have no place', () => {
  it('is interrupted before an engine is started, and says so', async () => {
    rmSync(join(folder.path, 'runs'), { recursive: true })
    writeFileSync(join(folder.path, 'runs'), 'not a folder')
    await expect(startRun(lab, 'homeless')).rejects.toMatchObject({
      code: 'data_folder_unwritable',
      message: expect.stringContaining(join(folder.path, 'runs')),
    })
    expect(launcher.engines).toEqual([])
    expect(await lab.request('runs.list', {})).toMatchObject([
      { name: 'homeless', status: 'interrupted', errorCode: 'data_folder_unwritable' },
    ])
  })
})

describe('a run that is resumed while its engine is still leaving', () => {
  async function stopWithoutLeaving(): Promise<string> {
    const { id } = await startRun(lab, 'leaving')
    const stopped = reaches(lab, id, 'stopped')
    launcher.engines[0]!.say({ type: 'stopped', seconds: 1 })
    await stopped
    return id
  }

  it('gets its new engine when the old one has gone', async () => {
    const id = await stopWithoutLeaving()
    const resumed = lab.request('runs.resume', { id })
    expect(launcher.engines).toHaveLength(1)
    launcher.engines[0]!.exit()
    expect(await resumed).toMatchObject({ id, status: 'starting' })
    expect(launcher.engines).toHaveLength(2)
  })

  it('gets one new engine, however often it is asked for', async () => {
    const id = await stopWithoutLeaving()
    const [first, second] = [lab.request('runs.resume', { id }), lab.request('runs.resume', { id })]
    const refusal = expect(second).rejects.toMatchObject({ code: 'run_not_resumable' })
    launcher.engines[0]!.exit()
    await first
    await refusal
    expect(launcher.engines).toHaveLength(2)
  })

  it('gets none where the lab is closed meanwhile', async () => {
    const id = await stopWithoutLeaving()
    const refusal = expect(lab.request('runs.resume', { id })).rejects.toMatchObject({ code: 'cancelled' })
    const closed = lab.close()
    launcher.engines[0]!.exit()
    await closed
    await refusal
    expect(launcher.engines).toHaveLength(1)
  })
})
