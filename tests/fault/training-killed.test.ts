import { cpSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import type { ProcessLauncher } from '#electron/host/launcher.ts'
import type { RunDetail } from '#shared/contract/runs.ts'
import { networkSpecSchema } from '#shared/model/spec.ts'
import { nextEvent, openLab } from '../fixtures/lab.ts'
import { reaches } from '../fixtures/runs.ts'
import { startSignum } from '../fixtures/signum.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

/** Every kind of state a checkpoint has to hold: moments, running statistics, random order, random masks. */
const SPEC = networkSpecSchema.parse({
  schema: 1,
  name: 'eventful',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'flatten', type: 'Flatten' },
    { id: 'hidden', type: 'QLinear', outFeatures: 16 },
    { id: 'norm', type: 'BatchNorm' },
    { id: 'drop', type: 'Dropout', p: 0.2 },
    { id: 'scores', type: 'Linear', outFeatures: 10 },
  ],
})
const SETTINGS = { epochs: 4, batchSize: 20, limit: 1000, seed: 11, threads: 1 }

let place: ReturnType<typeof temporaryFolder>
let lab: Host
let pids: number[]

function open(name: string): Host {
  pids = []
  const real = createForkLauncher()
  const launcher: ProcessLauncher = {
    spawn(role, environment) {
      const engine = real.spawn(role, environment)
      pids.push(engine.pid!)
      return engine
    },
  }
  return openLab(join(place.path, name), { launcher })
}

beforeAll(() => {
  place = temporaryFolder()
})
afterAll(() => place[Symbol.dispose]())
afterEach(() => lab.close(0))

const start = () => lab.request('runs.start', { spec: SPEC, settings: SETTINGS })
const checkpointsOf = (lab: string, run: string) => join(place.path, lab, 'runs', run, 'checkpoints')

/** What must not depend on whether a run was interrupted: everything but times. */
async function outcome(id: string) {
  const run: RunDetail = await lab.request('runs.get', { id })
  const { loss, accuracy } = await lab.request('runs.steps', { id })
  return {
    epochs: run.epochRecords.map(({ seconds: _seconds, ...epoch }) => epoch),
    loss: [...loss],
    accuracy: [...accuracy],
  }
}

describe('a real engine that is killed', () => {
  let undisturbed: Awaited<ReturnType<typeof outcome>>

  beforeAll(async () => {
    lab = open('undisturbed')
    const { id } = await start()
    await reaches(lab, id, 'finished')
    undisturbed = await outcome(id)
    expect(undisturbed.loss).toHaveLength(200)
    await lab.close()
  })

  it.each([
    ['in its first epoch', 1, 0],
    ['soon after its first checkpoint', 51, 10],
    ['in its third epoch', 110, 30],
  ])('%s leaves an interrupted run, which goes on to the very same end', async (name, step, delayMs) => {
    lab = open(name.replaceAll(' ', '-'))
    const { id } = await start()
    await nextEvent(lab, 'run.progress', ({ progress }) => progress.step >= step)
    await setTimeout(delayMs)
    const interrupted = reaches(lab, id, 'interrupted')
    process.kill(pids.at(-1)!, 'SIGKILL')
    expect(await interrupted).toMatchObject({
      errorCode: 'engine_died',
      message: expect.stringContaining('SIGKILL') as string,
    })
    const finished = reaches(lab, id, 'finished')
    await lab.request('runs.resume', { id })
    await finished
    expect(readdirSync(checkpointsOf(name.replaceAll(' ', '-'), id)).filter((file) => file.endsWith('.tmp'))).toEqual(
      [],
    )
    expect(await outcome(id)).toEqual(undisturbed)
  })
})

describe('a damaged checkpoint', () => {
  let run: string

  /** A run that was stopped in its third epoch: trained once, damaged in a copy each time. */
  beforeAll(async () => {
    lab = open('stopped')
    run = (await start()).id
    const ended = reaches(lab, run, 'stopped', 'finished')
    await nextEvent(lab, 'run.epoch', ({ epoch }) => epoch.epoch === 2)
    await lab.request('runs.stop', { id: run })
    expect((await ended).status).toBe('stopped')
    await lab.close()
  })

  /** Copies that lab and returns the folders of its two checkpoints, the newest first. */
  function copyLab(name: string): string[] {
    cpSync(join(place.path, 'stopped'), join(place.path, name), { recursive: true })
    const folder = join(place.path, name, 'runs', run, 'checkpoints')
    const names = readdirSync(folder).sort().reverse()
    expect(names).toHaveLength(2)
    return names.map((checkpoint) => join(folder, checkpoint))
  }

  function cut(path: string, share: number): void {
    truncateSync(path, Math.floor(statSync(path).size * share))
  }

  it.each([
    ['state.json', 0],
    ['state.json', 0.5],
    ['weights.bin', 0],
    ['weights.bin', 0.999],
    ['optimizer.bin', 0.5],
  ])('whose %s is cut to %f of its length gives way to the one before', async (file, share) => {
    const name = `${file}-${share}`
    const [newest] = copyLab(name)
    cut(join(newest!, file), share)
    lab = open(name)
    const epoch = nextEvent(lab, 'run.epoch')
    await lab.request('runs.resume', { id: run })
    expect((await epoch).epoch.epoch).toBeLessThanOrEqual(3)
    const { loss } = await lab.request('runs.steps', { id: run })
    expect(loss.length).toBeGreaterThanOrEqual(100)
    expect(loss.every(Number.isFinite)).toBe(true)
  })

  it('with none before it ends the run in words', async () => {
    for (const checkpoint of copyLab('all-damaged')) cut(join(checkpoint, 'weights.bin'), 0.1)
    lab = open('all-damaged')
    const ended = reaches(lab, run, 'failed', 'interrupted', 'finished')
    await lab.request('runs.resume', { id: run })
    expect(await ended).toMatchObject({
      status: 'failed',
      errorCode: 'checkpoint_damaged',
      message: expect.stringContaining('is damaged') as string,
    })
  })
})

it('a whole lab that is killed takes its engine with it, and the run can be resumed', async () => {
  const data = join(place.path, 'whole')
  const spec = join(place.path, 'undisturbed-spec.json')
  lab = open('somewhere-else')
  writeFileSync(spec, JSON.stringify(SPEC))
  const running = startSignum(data, 'train', spec, '--limit', '1000', '--epochs', '500')
  await running.says(/Epoch 2 /)
  running.process.kill('SIGKILL')
  await running.result
  await lab.close()
  lab = open('whole')
  const [run] = await lab.request('runs.list', {})
  expect(run).toMatchObject({ status: 'interrupted', message: 'The lab ended while this run was being trained.' })
  expect(run!.epochsDone).toBeGreaterThanOrEqual(2)
  await lab.request('runs.resume', { id: run!.id })
  await nextEvent(lab, 'run.epoch', ({ epoch }) => epoch.epoch > run!.epochsDone)
})
