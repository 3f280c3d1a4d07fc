import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { loadDataset } from '#electron/engine/datasets/registry.ts'
import { loadAnswerer } from '#electron/engine/inference/answerer.ts'
import { loadPacked, loadStages } from '#electron/engine/inference/packed.ts'
import { predict } from '#electron/engine/inference/predict.ts'
import { InferenceService } from '#electron/engine/inference/service.ts'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import type { TrainedNetwork } from '#electron/engine/trained-network.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { loadKernels } from '#electron/native/index.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
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
const service = new InferenceService()

describe('a trained binary network', () => {
  let folder: string
  let trained: TrainedNetwork

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-packed-'))
    const reports: TrainingReport[] = []
    const job = { runId: 'binary', spec, settings, checkpointFolder: folder, resume: false }
    await runTraining(job, new TrainingControls(), (report) => reports.push(report))
    const { folder: checkpointFolder } = reports.find((report) => report.type === 'checkpoint')!
    trained = { runId: 'binary', spec, checkpointFolder }
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.skipIf(loadKernels() === null)('answers without a backend', async () => {
    const answerer = await loadAnswerer(trained, () => Promise.reject(new Error('asked for a backend')))
    expect(predict(answerer, new Uint8Array(784)).probabilities).toHaveLength(10)
    answerer.dispose()
  })

  it('answers on tensors where the plan does not know one of its layers', async () => {
    const layers = spec.layers.map((layer) =>
      layer.id === 'linear1' ? { ...layer, weightQuantizer: 'ste_tern' } : layer,
    )
    const unknown = { ...trained, spec: parseNetworkSpec({ ...spec, layers }) }
    await expect(loadStages(unknown)).rejects.toMatchObject({ code: 'not_supported' })
    const answerer = await loadAnswerer(unknown, () => selectBackend(backend, 1))
    expect(predict(answerer, new Uint8Array(784)).probabilities).toHaveLength(10)
    answerer.dispose()
  })

  it('becomes a file that answers and is evaluated as the run is', async () => {
    const report = await service.answer({ type: 'pack', id: 1, network: trained })
    if (report.type !== 'packed') throw new Error('no file')
    const { file } = report
    const { test } = await loadDataset('mnist')
    const images = Array.from({ length: 20 }, (_, index) => test.pixels.slice(784 * index, 784 * (index + 1)))
    const answers = await service.answer({ type: 'predictPacked', id: 2, file, images })
    if (answers.type !== 'packedAnswers') throw new Error('no answers')
    for (const [index, pixels] of images.entries()) {
      const byRun = await service.answer({ type: 'predict', id: 3, networks: [trained], pixels })
      if (byRun.type !== 'answers') throw new Error('no answers')
      byRun.answers[0]!.probabilities.forEach((probability, digit) =>
        expect(answers.answers[index]!.probabilities[digit]).toBeCloseTo(probability, 6),
      )
    }

    const question = { dataset: 'mnist', threads: 1 } as const
    const ofFile = await service.answer({ type: 'evaluatePacked', id: 4, file, ...question })
    const ofRun = { type: 'evaluate', id: 4, network: trained, engine: 'packed', backend, ...question } as const
    expect(ofFile).toEqual({ ...(await service.answer(ofRun)), microsecondsPerImage: expect.any(Number) as number })
    // The file is as long as it should be: see the tests of the file itself.
    expect(file.length).toBeGreaterThan(analyseNetwork(spec).totals.packedBytes)
  }, 60_000)

  it('is refused when its checkpoint is not there or holds another network', async () => {
    const missing = { ...trained, checkpointFolder: join(folder, 'epoch-0099') }
    await expect(loadPacked(missing)).rejects.toMatchObject({ code: 'checkpoint_damaged' })
    const other = { ...trained, spec: { ...spec, layers: spec.layers.filter(({ id }) => id !== 'norm2') } }
    await expect(loadPacked(other)).rejects.toMatchObject({
      code: 'checkpoint_damaged',
      message: expect.stringContaining('norm2.weight') as string,
    })
  })

  it('is refused as a file that is none', async () => {
    const file = new TextEncoder().encode('a text that is long enough to be one')
    const asked = [
      service.answer({ type: 'predictPacked', id: 5, file, images: [new Uint8Array(784)] }),
      service.answer({ type: 'evaluatePacked', id: 6, file, dataset: 'mnist', threads: 1 }),
    ]
    for (const refused of asked) await expect(refused).rejects.toMatchObject({ code: 'file_unreadable' })
  })
})
