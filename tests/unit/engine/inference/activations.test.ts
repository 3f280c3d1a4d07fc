import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import { activationsOf } from '#electron/engine/inference/activations.ts'
import { loadNetwork } from '#electron/engine/inference/network.ts'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import type { TrainedNetwork } from '#electron/engine/trained-network.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend } from '../support.ts'

const spec = parseNetworkSpec({
  schema: 1,
  name: 'small',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'conv1', type: 'Conv2d', outChannels: 6, kernelSize: 5, stride: 3 },
    { id: 'norm1', type: 'BatchNorm' },
    { id: 'tanh1', type: 'Tanh' },
    { id: 'pool1', type: 'MaxPool2d', kernelSize: 2 },
    {
      id: 'block1',
      type: 'Residual',
      shortcut: 'conv',
      layers: [
        { id: 'sign1', type: 'QActivation' },
        { id: 'conv2', type: 'QConv2d_NoAct', outChannels: 8, kernelSize: 3, padding: 1 },
      ],
    },
    { id: 'block2', type: 'Residual', layers: [{ id: 'tanh2', type: 'Tanh' }] },
    { id: 'flatten', type: 'Flatten' },
    { id: 'linear', type: 'QLinear', outFeatures: 10 },
  ],
})
const pixels = Uint8Array.from({ length: 784 }, (_, index) => (index * 37) % 256)

describeOnEveryBackend('activations', (backend: Backend) => {
  let folder: string
  let trained: TrainedNetwork
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-activations-'))
    const settings = trainingSettingsSchema.parse({
      epochs: 1,
      batchSize: 50,
      limit: 100,
      backend: backend.name,
      threads: 1,
    })
    const reports: TrainingReport[] = []
    const job = { runId: 'quick', spec, settings, checkpointFolder: folder, resume: false }
    await runTraining(job, new TrainingControls(), (report) => reports.push(report))
    trained = { runId: 'quick', spec, checkpointFolder: reports.find((report) => report.type === 'checkpoint')!.folder }
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are those of every layer, also inside of blocks, and end in the scores of the network', async () => {
    const layers = await activationsOf(trained, pixels, backend)
    expect(layers.map(({ id, height, width, channels }) => [id, height, width, channels])).toEqual([
      ['conv1', 8, 8, 6],
      ['norm1', 8, 8, 6],
      ['tanh1', 8, 8, 6],
      ['pool1', 4, 4, 6],
      ['sign1', 4, 4, 6],
      ['conv2', 4, 4, 8],
      ['block1.shortcut.conv', 4, 4, 8],
      ['block1.shortcut.norm', 4, 4, 8],
      ['block1', 4, 4, 8],
      ['tanh2', 4, 4, 8],
      ['block2', 4, 4, 8],
      ['flatten', 1, 128, 1],
      ['linear', 1, 10, 1],
    ])
    const last = layers.at(-1)!
    const network = await loadNetwork(trained, backend)
    const scores = tf.tidy(() => {
      const image = tf.tensor4d(
        Float32Array.from(pixels, (byte) => byte / 255),
        [1, 28, 28, 1],
      )
      return network.evaluate(image).dataSync()
    })
    network.dispose()
    const step = (last.max - last.min) / 255
    for (const [index, score] of scores.entries()) {
      expect(Math.abs(last.min + last.values[index]! * step - score)).toBeLessThan(step)
    }
  })

  it('say which block a layer is in, and what belongs to its shortcut', async () => {
    const layers = await activationsOf(trained, pixels, backend)
    const inside = layers.filter(({ block }) => block !== null)
    expect(inside.map(({ id, type, block, isShortcut }) => [id, type, block, isShortcut])).toEqual([
      ['sign1', 'QActivation', 'block1', false],
      ['conv2', 'QConv2d_NoAct', 'block1', false],
      ['block1.shortcut.conv', 'Conv2d', 'block1', true],
      ['block1.shortcut.norm', 'BatchNorm', 'block1', true],
      ['tanh2', 'Tanh', 'block2', false],
    ])
  })

  it('of a block are the sum of what its stack and its shortcut give', async () => {
    const layers = await activationsOf(trained, pixels, backend)
    const valuesOf = (name: string) => {
      const { min, max, values } = layers.find(({ id }) => id === name)!
      return { values: Array.from(values, (code) => min + (code / 255) * (max - min)), error: (max - min) / 510 }
    }
    const [stack, shortcut, block] = ['conv2', 'block1.shortcut.norm', 'block1'].map(valuesOf)
    const most = stack!.error + shortcut!.error + block!.error + 1e-5
    for (const [index, sum] of block!.values.entries()) {
      expect(Math.abs(stack!.values[index]! + shortcut!.values[index]! - sum)).toBeLessThanOrEqual(most)
    }
  })

  it('of a sign are +1 and -1, and say so', async () => {
    const layers = await activationsOf(trained, pixels, backend)
    const sign = layers.find(({ id }) => id === 'sign1')!
    expect(sign).toMatchObject({ isBinary: true, min: -1, max: 1 })
    expect(new Set(sign.values)).toEqual(new Set([0, 255]))
  })

  it('are refused for an image of another size', async () => {
    await expect(activationsOf(trained, pixels.subarray(1), backend)).rejects.toMatchObject({ code: 'invalid_image' })
  })
})
