import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { loadDataset } from '#electron/engine/datasets/registry.ts'
import { NetworkCache } from '#electron/engine/inference/networks.ts'
import { loadPacked, PackedCache } from '#electron/engine/inference/packed.ts'
import { predict, predictPacked } from '#electron/engine/inference/predict.ts'
import type { TrainedNetwork, TrainingReport } from '#electron/engine/protocol.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { loadKernels } from '#electron/native/index.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { tensorflow } from '../support.ts'

const spec = parseNetworkSpec({
  schema: 1,
  name: 'binary',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'pool', type: 'AvgPool2d', kernelSize: 4 },
    { id: 'flatten', type: 'Flatten' },
    { id: 'norm1', type: 'BatchNorm' },
    { id: 'linear1', type: 'QLinear', outFeatures: 40 },
    { id: 'norm2', type: 'BatchNorm' },
    { id: 'linear2', type: 'Linear', outFeatures: 10 },
  ],
})
const backend = tensorflow ? 'tensorflow' : 'native'
const settings = trainingSettingsSchema.parse({ epochs: 1, batchSize: 50, limit: 500, backend, threads: 1 })

describe('a trained binary network', () => {
  let folder: string
  let trained: TrainedNetwork

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-packed-'))
    const reports: TrainingReport[] = []
    const job = { runId: 'binary', spec, settings, checkpointFolder: folder, resume: false }
    await runTraining(job, new TrainingControls(), (report) => reports.push(report))
    trained = {
      runId: 'binary',
      spec,
      checkpointFolder: reports.find((report) => report.type === 'checkpoint')!.folder,
    }
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('answers on packed bits as it does on floats', async () => {
    const network = await new NetworkCache(await selectBackend(backend, 1)).get(trained)
    const runner = await loadPacked(trained, 1)
    const { test } = await loadDataset('mnist')
    for (let index = 0; index < 20; index++) {
      const pixels = test.pixels.subarray(784 * index, 784 * (index + 1))
      const floats = predict(network, trained, pixels)
      const packed = predictPacked(runner, trained, pixels)
      packed.probabilities.forEach((probability, digit) =>
        expect(probability).toBeCloseTo(floats.probabilities[digit]!, 4),
      )
    }
  })

  it('is loaded once, and answers on floats where it has no binary layer', async () => {
    const cache = new PackedCache()
    const first = await cache.get(trained)
    expect(first === null).toBe(loadKernels() === null)
    expect(await cache.get(trained)).toBe(first)
    const layers = spec.layers.filter(({ type }) => type !== 'QLinear')
    expect(await cache.get({ ...trained, spec: { ...spec, layers }, checkpointFolder: 'elsewhere' })).toBeNull()
  })

  it('is refused when its checkpoint is not there', async () => {
    const missing = { ...trained, checkpointFolder: join(folder, 'epoch-0099') }
    await expect(loadPacked(missing, 1)).rejects.toMatchObject({ code: 'checkpoint_damaged' })
  })
})
