import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { constants, getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EngineExit, EngineProcess } from '#electron/host/launcher.ts'
import type { TrainingCommand, TrainingJob, TrainingReport } from '#electron/engine/protocol.ts'
import { readNewestCheckpoint } from '#electron/engine/training/checkpoint/read.ts'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

type ReportOf<Type extends TrainingReport['type']> = Extract<TrainingReport, { type: Type }>

/** A training process with everything it has said. */
class Training {
  readonly reports: TrainingReport[] = []
  readonly exit: Promise<EngineExit>
  readonly process: EngineProcess
  readonly #watchers = new Set<() => void>()

  constructor(job: TrainingJob) {
    const engine = createForkLauncher().spawn('training', {})
    this.process = engine
    this.exit = new Promise((resolve) => engine.onExit(resolve))
    engine.onMessage((report) => {
      this.reports.push(report as TrainingReport)
      for (const watch of this.#watchers) watch()
    })
    onTestFinished(() => engine.kill())
    this.post({ type: 'train', job })
  }

  post(command: TrainingCommand): void {
    this.process.post(command)
  }

  of<Type extends TrainingReport['type']>(type: Type): ReportOf<Type>[] {
    return this.reports.filter((report): report is ReportOf<Type> => report.type === type)
  }

  /** Waits until the process has said this; fails when it ends without. */
  async until<Type extends TrainingReport['type']>(
    type: Type,
    accept: (report: ReportOf<Type>) => boolean = () => true,
  ): Promise<ReportOf<Type>> {
    const find = () => this.of(type).find(accept)
    const said = new Promise<ReportOf<Type>>((resolve) => {
      const watch = () => {
        const found = find()
        if (!found) return
        this.#watchers.delete(watch)
        resolve(found)
      }
      this.#watchers.add(watch)
      watch()
    })
    const ended = this.exit.then(() => find() ?? Promise.reject(new Error(this.#story(type))))
    return Promise.race([said, ended])
  }

  /** Losses of all steps, in order. */
  losses(): number[] {
    return this.of('steps').flatMap(({ columns }) => [...columns.loss])
  }

  #story(missing: string): string {
    const last = JSON.stringify(this.reports.at(-1) ?? null)
    return `The engine ended without "${missing}"; its last words: ${last}`
  }
}

const preset = JSON.parse(
  await readFile(new URL('../../resources/presets/lenet-binary.json', import.meta.url), 'utf8'),
) as { spec: unknown }
const lenet = parseNetworkSpec(preset.spec)

/** Small enough to be tested on 10,000 images in no time; every kind of state is in it. */
const small = parseNetworkSpec({
  schema: 1,
  name: 'small',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'conv1', type: 'Conv2d', outChannels: 8, kernelSize: 5, stride: 2 },
    { id: 'norm1', type: 'BatchNorm' },
    { id: 'pool1', type: 'MaxPool2d' },
    { id: 'conv2', type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1 },
    { id: 'norm2', type: 'BatchNorm' },
    { id: 'flatten', type: 'Flatten' },
    { id: 'dropout', type: 'Dropout', p: 0.2 },
    { id: 'linear', type: 'Linear', outFeatures: 10 },
  ],
})

describe('a training process', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'signum-training-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  function job(name: string, settings: object, spec = small, resume = false): TrainingJob {
    return {
      runId: name,
      spec,
      settings: trainingSettingsSchema.parse({ batchSize: 20, limit: 200, epochs: 2, ...settings }),
      checkpointFolder: join(root, name),
      resume,
    }
  }

  const newestWeights = async (name: string) => {
    const folder = join(root, name, (await readdir(join(root, name))).toSorted().at(-1)!)
    return (await readFile(join(folder, 'weights.bin'))).toString('base64')
  }

  it('trains the binary LeNet on 200 images: the loss falls, and everything is told in order', async () => {
    const training = new Training(job('lenet', { epochs: 1, shuffle: false }, lenet))
    const finished = await training.until('finished')
    expect(await training.exit).toEqual({ code: 0, signal: null })

    const [started] = training.of('started')
    expect(started).toMatchObject({ epochsDone: 0, stepsDone: 0, engine: { threads: expect.any(Number) } })
    expect(started!.engine.datasetSha256).toMatch(/^[0-9a-f]{64}$/)
    const losses = training.losses()
    expect(losses).toHaveLength(10)
    expect(losses[0]).toBeGreaterThan(1.8)
    expect(Math.min(...losses.slice(-3))).toBeLessThan(1.2)

    const [{ epoch, stepMs }] = training.of('epoch') as [ReportOf<'epoch'>]
    expect(epoch).toMatchObject({ epoch: 1, trainLoss: expect.any(Number) })
    expect(epoch.trainLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 10, 5)
    expect(epoch.testAccuracy).toBeGreaterThan(0.2)
    expect(stepMs).toBeGreaterThan(0)
    expect(finished.seconds).toBeGreaterThanOrEqual(epoch.seconds)
    const [checkpoint] = training.of('checkpoint')
    expect(checkpoint).toMatchObject({ epoch: 1, step: 10, folder: join(root, 'lenet', 'epoch-0001') })
    expect(training.reports[0]!.type).toBe('started')
    expect(training.reports.at(-1)!.type).toBe('finished')
  })

  it('computes the same numbers in another process, bit for bit', async () => {
    const [first, second] = [new Training(job('once', {})), new Training(job('again', {}))]
    await Promise.all([first.until('finished'), second.until('finished')])
    expect(second.losses()).toEqual(first.losses())
    expect(await newestWeights('again')).toBe(await newestWeights('once'))
  })

  it('stops in the middle of an epoch and goes on in a new process as if it never had, bit for bit', async () => {
    const settings = { limit: 1000, validation: 0.1 }
    const whole = new Training(job('whole', settings))
    const stopped = new Training(job('stopped', settings))
    await stopped.until('steps')
    stopped.post({ type: 'stop' })
    await stopped.until('stopped')
    expect((await stopped.exit).code).toBe(0)
    const checkpoint = stopped.of('checkpoint').at(-1)!
    expect(checkpoint.step).toBe(stopped.losses().length)
    expect(checkpoint.step).toBeLessThan(90)

    const resumed = new Training(job('stopped', settings, small, true))
    await Promise.all([whole.until('finished'), resumed.until('finished')])
    expect(resumed.of('started')[0]).toMatchObject({ stepsDone: checkpoint.step })
    expect(resumed.of('steps')[0]!.columns.from).toBe(checkpoint.step + 1)
    expect([...stopped.losses(), ...resumed.losses()]).toEqual(whole.losses())
    const epochs = [...stopped.of('epoch'), ...resumed.of('epoch')].map(({ epoch }) => ({ ...epoch, seconds: 0 }))
    expect(epochs).toEqual(whole.of('epoch').map(({ epoch }) => ({ ...epoch, seconds: 0 })))
    expect(epochs.map(({ validationLoss }) => validationLoss)).toEqual([expect.any(Number), expect.any(Number)])
    expect(await newestWeights('stopped')).toBe(await newestWeights('whole'))
  })

  it('goes on from its last checkpoint after it was killed', async () => {
    const settings = { epochs: 3 }
    const whole = new Training(job('unharmed', settings))
    const killed = new Training(job('killed', settings))
    await killed.until('checkpoint', ({ epoch }) => epoch === 1)
    killed.process.kill()
    expect(await killed.exit).toEqual({ code: null, signal: 'SIGKILL' })

    const resumed = new Training(job('killed', settings, small, true))
    await Promise.all([whole.until('finished'), resumed.until('finished')])
    expect(resumed.of('started')[0]!.epochsDone).toBeGreaterThanOrEqual(1)
    expect(await newestWeights('killed')).toBe(await newestWeights('unharmed'))
  })

  it('pauses, says so, and does nothing until it is resumed', async () => {
    const training = new Training(job('paused', { limit: 1000 }))
    await training.until('steps')
    training.post({ type: 'pause' })
    await training.until('paused')
    const { length } = training.losses()
    training.post({ type: 'resume' })
    await training.until('resumed')
    await training.until('finished')
    expect(training.losses()).toHaveLength(100)
    const order = training.reports.map(({ type }) => type)
    expect(order.indexOf('resumed')).toBe(order.indexOf('paused') + 1)
    expect(length).toBeLessThan(100)
  })

  it('stops out of a pause', async () => {
    const training = new Training(job('paused-stopped', { limit: 1000 }))
    await training.until('steps')
    training.post({ type: 'pause' })
    await training.until('paused')
    training.post({ type: 'stop' })
    await training.until('stopped')
    expect((await training.exit).code).toBe(0)
  })

  it.each([
    ['an unknown dataset', { dataset: 'cifar' }, 'unknown_dataset'],
    ['a batch larger than the data', { batchSize: 300 }, 'invalid_settings'],
  ])('refuses %s in a sentence and leaves nothing behind', async (name, settings, code) => {
    const training = new Training(job(name, settings))
    const { error } = await training.until('failed')
    expect(error.code).toBe(code)
    expect(await training.exit).toEqual({ code: 0, signal: null })
    await expect(readdir(join(root, name))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('ends a run that diverges, naming the step', async () => {
    const training = new Training(job('diverged', { optimizer: 'sgd', learningRate: 10, epochs: 50 }))
    const { error } = await training.until('failed')
    expect(error).toMatchObject({ code: 'diverged', message: expect.stringMatching(/step \d+/) })
  })

  it('stops early with the weights of the best epoch by validation, which its last checkpoint holds', async () => {
    const earlyStopping = { patience: 1, minDelta: 0.05 }
    const settings = { epochs: 50, learningRate: 0.02, limit: 250, validation: 0.2, earlyStopping }
    const training = new Training(job('early', settings))
    const { keptEpoch, remark } = await training.until('finished')
    const epochs = training.of('epoch')
    expect(epochs.length).toBeLessThan(50)
    expect(keptEpoch).toBe(epochs.length - 1)
    expect(remark).toContain(`Stopped early after epoch ${epochs.length} of 50: the validation loss had not improved`)
    const losses = epochs.map(({ epoch }) => epoch.validationLoss!)
    const improvements = losses.slice(1).map((loss, index) => losses[index]! - loss)
    expect(improvements.pop()).toBeLessThanOrEqual(earlyStopping.minDelta)
    expect(Math.min(...improvements)).toBeGreaterThan(earlyStopping.minDelta)
    const checkpoint = (await readNewestCheckpoint(join(root, 'early')))!
    expect(checkpoint.state.position.epochsDone).toBe(epochs.length)
    expect(Buffer.from(checkpoint.weights).equals(checkpoint.best!)).toBe(true)
  })

  it('remarks on a network that ends worse than guessing', async () => {
    const training = new Training(job('worse', { learningRate: 10, epochs: 1 }))
    const { remark } = await training.until('finished')
    expect(remark).toContain('The learning rate of 10 is probably too large.')
  })

  it('stands back behind the window, and ends by itself when its shell disappears', async () => {
    const shell = join(root, 'shell.mjs')
    const entry = new URL('../../electron/engine/training.ts', import.meta.url)
    const long = JSON.stringify(job('orphan', { epochs: 1000 }))
    await writeFile(
      shell,
      `import { fork } from 'node:child_process'
       const engine = fork(new URL(${JSON.stringify(entry.href)}), { serialization: 'advanced' })
       engine.on('message', ({ type }) => type === 'steps' && process.send(engine.pid))
       engine.send({ type: 'train', job: ${long} })`,
    )
    const parent = fork(shell, { stdio: 'ignore' })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [pid] = (await once(parent, 'message')) as [number]
    expect(getPriority(pid)).toBeGreaterThanOrEqual(constants.priority.PRIORITY_BELOW_NORMAL)
    parent.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(pid), { timeout: 30_000 })
  })

  it('steps by batch and by epoch, takes a new learning rate and saves when it is told to', async () => {
    const training = new Training(job('stepped', { epochs: 3 }))
    training.post({ type: 'step', unit: 'batch' })
    training.post({ type: 'learningRate', learningRate: 0.02 })
    const paused = (count: number) => training.until('paused', () => training.of('paused').length >= count)
    await paused(1)
    expect(training.of('marked')).toEqual([{ type: 'marked', mark: { step: 0, learningRate: 0.02 } }])
    training.post({ type: 'save' })
    expect(await training.until('checkpoint')).toMatchObject({ epoch: 0, step: 1 })
    training.post({ type: 'step', unit: 'epoch' })
    await paused(2)
    expect(training.of('epoch')).toHaveLength(1)
    training.post({ type: 'step', unit: 'batch' })
    await paused(3)
    training.post({ type: 'stop' })
    await training.until('stopped')
    expect(training.losses()).toHaveLength(11)

    const resumed = new Training(job('stepped', { epochs: 3 }, small, true))
    resumed.post({ type: 'stop' })
    await resumed.until('stopped')
    const newest = (await readdir(join(root, 'stepped'))).toSorted().at(-1)!
    const state = JSON.parse(await readFile(join(root, 'stepped', newest, 'state.json'), 'utf8')) as object
    expect(state).toMatchObject({ learningRate: 0.02, position: { steps: 11, epochsDone: 1 } })
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
