import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ImageDataset, ImageSplit } from '#electron/engine/datasets/dataset.ts'
import { buildNetwork } from '#electron/engine/network.ts'
import { createOptimizer } from '#electron/engine/optimizers/create.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { readNewestCheckpoint } from '#electron/engine/training/checkpoint/read.ts'
import { planTraining } from '#electron/engine/training/plan.ts'
import { TrainingSession } from '#electron/engine/training/session.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend } from '../support.ts'

const random = new RandomStream([4, 3, 2, 1])
const bytes = (length: number, bound: number) => Uint8Array.from({ length }, () => random.integer(bound))
const split = (count: number): ImageSplit => ({ count, pixels: bytes(count * 36, 256), labels: bytes(count, 3) })
const dataset: ImageDataset = {
  name: 'noise',
  height: 6,
  width: 6,
  channels: 1,
  classes: ['a', 'b', 'c'],
  train: split(12),
  test: split(4),
  sha256: '',
}

const analysis = requireTrainable(
  parseNetworkSpec({
    schema: 1,
    name: 'progressive',
    input: { height: 6, width: 6, channels: 1 },
    layers: [
      { id: 'conv1', type: 'Conv2d', outChannels: 3, kernelSize: 3 },
      {
        id: 'conv2',
        type: 'QConv2d',
        outChannels: 3,
        kernelSize: 3,
        inputQuantizer: 'progressive_sign',
        weightQuantizer: { type: 'progressive_sign', alpha: 2 },
      },
      { id: 'flatten', type: 'Flatten' },
      { id: 'linear', type: 'Linear', outFeatures: 3 },
    ],
  }),
  3,
)

// 12 images in batches of 4 for 4 epochs: 12 steps.
const STEPS = 12
const settings = trainingSettingsSchema.parse({ batchSize: 4, epochs: 4, learningRate: 0.01, seed: 7 })

describeOnEveryBackend('a quantizer that changes with training', ({ operations }) => {
  function start() {
    const streams = seedStreams(settings.seed)
    const network = buildNetwork(analysis, { operations, random: streams })
    const plan = planTraining(settings, analysis, dataset)
    const optimizer = createOptimizer(settings, network.variables, operations)
    const session = new TrainingSession({ plan, dataset, network, optimizer, operations, random: streams, settings })
    return { network, session }
  }

  function train({ network, session }: ReturnType<typeof start>, steps: number) {
    return Array.from({ length: steps }, () => {
      if (session.epochTrained) session.finishEpoch({ loss: 1, accuracy: 0.5 })
      const { loss } = session.step()
      return { loss, share: network.progress.share }
    })
  }

  it('follows the steps done of all there will be, after a pause as before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signum-progress-'))
    const whole = start()
    const steps = train(whole, STEPS)
    expect(steps.map(({ share }) => share)).toEqual(Array.from({ length: STEPS }, (_, index) => index / STEPS))

    const before = start()
    train(before, 5)
    await before.session.save(folder)
    const after = start()
    after.session.restore((await readNewestCheckpoint(folder))!)
    expect(train(after, STEPS - 5)).toEqual(steps.slice(5))
    for (const { session } of [whole, before, after]) session.dispose()
    await rm(folder, { recursive: true })
  })

  it('gives other losses than one that stands still', () => {
    const [moving, still] = [start(), start()]
    const first = train(moving, 4)
    const losses = first.map((_, index) => {
      if (still.session.epochTrained) still.session.finishEpoch({ loss: 1, accuracy: 0.5 })
      Object.defineProperty(still.network.progress, 'share', { get: () => 0, set: () => {}, configurable: true })
      return { loss: still.session.step().loss, index }
    })
    expect(losses[0]!.loss).toBe(first[0]!.loss)
    expect(losses[3]!.loss).not.toBe(first[3]!.loss)
    for (const { session } of [moving, still]) session.dispose()
  })
})
