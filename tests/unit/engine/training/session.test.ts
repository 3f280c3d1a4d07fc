import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import type { ImageDataset, ImageSplit } from '#electron/engine/datasets/dataset.ts'
import { holdOut } from '#electron/engine/datasets/hold-out.ts'
import { buildNetwork } from '#electron/engine/network.ts'
import { createOptimizer } from '#electron/engine/optimizers/create.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { readCheckpoint, readNewestCheckpoint } from '#electron/engine/training/checkpoint/read.ts'
import { planTraining } from '#electron/engine/training/plan.ts'
import { TrainingSession } from '#electron/engine/training/session.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend } from '../support.ts'

const random = new RandomStream([1, 2, 3, 4])
const bytes = (length: number, bound: number) => Uint8Array.from({ length }, () => random.integer(bound))
const split = (count: number): ImageSplit => ({ count, pixels: bytes(count * 64, 256), labels: bytes(count, 3) })

const dataset: ImageDataset = {
  name: 'noise',
  height: 8,
  width: 8,
  channels: 1,
  classes: ['a', 'b', 'c'],
  train: split(22),
  test: split(6),
  sha256: '',
}

const spec = parseNetworkSpec({
  schema: 1,
  name: 'small',
  input: { height: 8, width: 8, channels: 1 },
  layers: [
    { id: 'conv1', type: 'Conv2d', outChannels: 4, kernelSize: 3 },
    { id: 'norm1', type: 'BatchNorm' },
    { id: 'conv2', type: 'QConv2d', outChannels: 4, kernelSize: 3, padding: 1 },
    { id: 'pool2', type: 'MaxPool2d' },
    { id: 'flatten', type: 'Flatten' },
    { id: 'dropout', type: 'Dropout', p: 0.25 },
    { id: 'linear', type: 'Linear', outFeatures: 3 },
  ],
})
const analysis = requireTrainable(spec, 3)
const EVALUATION = { loss: 1, accuracy: 0.5 }

describeOnEveryBackend('a training session', (backend: Backend) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-session-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  function start(settings: object = {}): TrainingSession {
    const parsed = trainingSettingsSchema.parse({ batchSize: 4, epochs: 3, learningRate: 0.01, seed: 7, ...settings })
    const streams = seedStreams(parsed.seed)
    const plan = planTraining(parsed, analysis, dataset)
    const network = buildNetwork(analysis, { operations: backend.operations, random: streams })
    return new TrainingSession({
      plan,
      dataset,
      trained: holdOut(dataset.train, plan, streams.validation)?.trained,
      network,
      optimizer: createOptimizer(parsed, network.variables, backend.operations),
      operations: backend.operations,
      random: streams,
      settings: parsed,
    })
  }

  /** Trains on, epoch after epoch, and returns the losses. */
  function train(session: TrainingSession, steps: number): number[] {
    return Array.from({ length: steps }, () => {
      if (session.epochTrained) session.finishEpoch(EVALUATION)
      return session.step().loss
    })
  }

  async function weightsOf(session: TrainingSession, name: string): Promise<string> {
    const path = await session.save(join(folder, name))
    return (await readFile(join(path, 'weights.bin'))).toString('hex')
  }

  it('computes the same numbers twice from the same seed, bit for bit', async () => {
    const [first, second] = [start(), start()]
    expect(train(first, 9)).toEqual(train(second, 9))
    expect(await weightsOf(first, 'first')).toBe(await weightsOf(second, 'second'))
    first.dispose()
    second.dispose()
  })

  it('computes other numbers from another seed', () => {
    const [first, second] = [start(), start({ seed: 8 })]
    expect(train(first, 2)).not.toEqual(train(second, 2))
    first.dispose()
    second.dispose()
  })

  // 22 images in batches of 4: an epoch has six steps, the last of them with two images.
  it.each([
    ['within the first epoch', 3],
    ['at the end of an epoch, before its evaluation', 6],
    ['within the second epoch', 8],
  ])('goes on from a checkpoint %s as if it had never stopped, bit for bit', async (title, stop) => {
    const whole = start()
    const losses = train(whole, 15)

    const before = start()
    const name = title.replaceAll(/\W/g, '-')
    expect(train(before, stop)).toEqual(losses.slice(0, stop))
    await before.save(join(folder, name))
    before.dispose()

    const after = start()
    after.restore((await readNewestCheckpoint(join(folder, name)))!)
    expect(after.position.steps).toBe(stop)
    expect(train(after, 15 - stop)).toEqual(losses.slice(stop))
    expect(await weightsOf(after, `${name}-after`)).toBe(await weightsOf(whole, `${name}-whole`))
    whole.dispose()
    after.dispose()
  })

  it.each<[string, object]>([
    ['SGD with momentum', { optimizer: { type: 'sgd', momentum: 0.9, nesterov: true } }],
    ['AdamW', { optimizer: { type: 'adamw', weightDecay: 0.1 } }],
    ['Bop', { optimizer: { type: 'bop', gamma: 0.1 } }],
    ['a cosine behind a warm-up', { schedule: { type: 'cosine' }, warmupEpochs: 1.5 }],
    ['a rate that falls in steps', { schedule: { type: 'step', everyEpochs: 1 } }],
    ['images that are held out', { validation: 0.25 }],
    ['augmented images', { augmentation: { shift: 1, rotation: 20, elastic: 1 } }],
  ])('with %s goes on as if it had never stopped, bit for bit', async (title, settings) => {
    const whole = start(settings)
    const losses = train(whole, 12)
    const plain = start()
    expect(train(plain, 12)).not.toEqual(losses)

    const before = start(settings)
    train(before, 8)
    const name = title.replaceAll(/\W/g, '-')
    const path = await before.save(join(folder, name))
    const after = start(settings)
    after.restore(await readCheckpoint(path))
    expect(train(after, 4)).toEqual(losses.slice(8))
    expect(await weightsOf(after, `${name}-after`)).toBe(await weightsOf(whole, `${name}-whole`))
    for (const session of [whole, plain, before, after]) session.dispose()
  })

  it('remembers the best epoch across a checkpoint, and takes its weights at the end', async () => {
    const settings = { epochs: 9, earlyStopping: { patience: 2 } }
    const before = start(settings)
    train(before, 6)
    before.finishEpoch({ loss: 0.5, accuracy: 0.9 })
    const best = await weightsOf(before, 'best')
    train(before, 8)
    const path = await before.save(join(folder, 'watched'))

    const after = start(settings)
    after.restore(await readCheckpoint(path))
    train(after, 4)
    after.finishEpoch({ loss: 0.6, accuracy: 0.8 })
    expect(after.isDone).toBe(true)
    expect(await weightsOf(after, 'last')).not.toBe(best)
    expect(after.takeBest()).toBe(1)
    expect(await weightsOf(after, 'taken')).toBe(best)
    before.dispose()
    after.dispose()
  })

  it('goes on from the end of an evaluated epoch, and names the checkpoint after it', async () => {
    const before = start()
    const losses = train(before, 6)
    before.finishEpoch(EVALUATION)
    const path = await before.save(join(folder, 'evaluated'))
    expect(path).toBe(join(folder, 'evaluated', 'epoch-0001'))
    losses.push(...train(before, 4))

    const after = start()
    after.restore(await readCheckpoint(path))
    expect(after.position).toMatchObject({ epochsDone: 1, epochSteps: 0, steps: 6 })
    expect(train(after, 4)).toEqual(losses.slice(6))
    before.dispose()
    after.dispose()
  })

  it('takes the images in the order of the file without shuffling, in another order with it', () => {
    const [inOrder, inOrderToo, shuffled] = [
      start({ shuffle: false, seed: 1 }),
      start({ shuffle: false, seed: 1 }),
      start({ shuffle: true, seed: 1 }),
    ]
    const losses = train(inOrder, 2)
    expect(train(inOrderToo, 2)).toEqual(losses)
    expect(train(shuffled, 2)).not.toEqual(losses)
    for (const session of [inOrder, inOrderToo, shuffled]) session.dispose()
  })

  it('refuses a checkpoint of another optimiser and leaves its own weights alone', async () => {
    const adam = start()
    train(adam, 1)
    const path = await adam.save(join(folder, 'adam'))
    const sgd = start({ optimizer: 'sgd' })
    const checkpoint = await readCheckpoint(path)
    expect(() => sgd.restore(checkpoint)).toThrowError(expect.objectContaining({ code: 'checkpoint_damaged' }))
    expect(sgd.position.steps).toBe(0)
    adam.dispose()
    sgd.dispose()
  })

  it('writes no checkpoint with a weight that is no number', async () => {
    const network = buildNetwork(analysis, { operations: backend.operations, random: seedStreams(1) })
    tf.tidy(() => network.variables[0]!.variable.assign(tf.fill(network.variables[0]!.variable.shape, Infinity)))
    const settings = trainingSettingsSchema.parse({ batchSize: 4 })
    const broken = new TrainingSession({
      plan: planTraining(settings, analysis, dataset),
      dataset,
      network,
      optimizer: createOptimizer(settings, network.variables, backend.operations),
      operations: backend.operations,
      random: seedStreams(1),
      settings,
    })
    await expect(broken.save(join(folder, 'broken'))).rejects.toMatchObject({ code: 'diverged' })
    expect(await readNewestCheckpoint(join(folder, 'broken'))).toBeNull()
    broken.dispose()
  })
})
