import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InferenceService } from '#electron/engine/inference/service.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import type { TrainedNetwork } from '#electron/engine/trained-network.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { tensorflow } from '../support.ts'

const spec = parseNetworkSpec({
  schema: 1,
  name: 'quick',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'pool', type: 'AvgPool2d', kernelSize: 4 },
    { id: 'flatten', type: 'Flatten' },
    { id: 'norm', type: 'BatchNorm' },
    { id: 'linear', type: 'Linear', outFeatures: 10 },
  ],
})
const settings = trainingSettingsSchema.parse({
  epochs: 1,
  batchSize: 50,
  learningRate: 0.02,
  limit: 1000,
  backend: tensorflow ? 'tensorflow' : 'native',
  threads: 1,
})

describe('the inference service', () => {
  let folder: string
  let trained: TrainedNetwork
  let trainedAccuracy: number
  const service = new InferenceService()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-inference-'))
    const reports: TrainingReport[] = []
    const job = { runId: 'quick', spec, settings, checkpointFolder: folder, resume: false }
    await runTraining(job, new TrainingControls(), (report) => reports.push(report))
    const checkpoint = reports.find((report) => report.type === 'checkpoint')!
    const epoch = reports.find((report) => report.type === 'epoch')!
    trained = { runId: 'quick', spec, checkpointFolder: checkpoint.folder }
    trainedAccuracy = epoch.epoch.testAccuracy
    // TensorFlow keeps the threads it began with: the first question decides.
    await service.answer({ type: 'evaluate', id: 0, network: trained, dataset: 'mnist', engine: 'float', ...backend })
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const backend = { backend: settings.backend, threads: 1 }

  async function digit(index: number) {
    const report = await service.answer({ type: 'samples', id: 1, dataset: 'mnist', split: 'test', indices: [index] })
    if (report.type !== 'samples') throw new Error('no sample')
    return { pixels: report.pixels, label: report.labels[0]! }
  }

  it('shows a sample with its label', async () => {
    const { pixels, label } = await digit(0)
    expect(label).toBe(7)
    expect(pixels).toHaveLength(784)
    expect(Math.max(...pixels)).toBeGreaterThan(250)
    await expect(digit(10_000)).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('answers with probabilities that add up to 1, network by network', async () => {
    const { pixels } = await digit(0)
    const report = await service.answer({ type: 'predict', id: 2, networks: [trained, trained], pixels })
    if (report.type !== 'answers') throw new Error('no answers')
    const [first, second] = report.answers
    expect(first!.probabilities).toHaveLength(10)
    expect(first!.probabilities.reduce((sum, probability) => sum + probability)).toBeCloseTo(1, 12)
    expect(first!.probabilities.indexOf(Math.max(...first!.probabilities))).toBe(7)
    expect(first!.microseconds).toBeGreaterThan(0)
    expect(second!.probabilities).toEqual(first!.probabilities)
  })

  it('measures the accuracy that training measured', async () => {
    const report = await service.answer({
      type: 'evaluate',
      id: 3,
      network: trained,
      dataset: 'mnist',
      engine: 'float',
      ...backend,
    })
    expect(report).toMatchObject({ testAccuracy: trainedAccuracy, images: 10_000 })
    expect(trainedAccuracy).toBeGreaterThan(0.5)
  })

  it('measures the same accuracy on the packed plan', async () => {
    const question = {
      type: 'evaluate',
      id: 8,
      network: trained,
      dataset: 'mnist',
      engine: 'packed',
      ...backend,
    } as const
    const report = await service.answer(question)
    if (report.type !== 'evaluation') throw new Error('no evaluation')
    expect(report.images).toBe(10_000)
    // The plan sums in another order; scores that are equal to the last digit may fall either way.
    expect(Math.abs(report.testAccuracy - trainedAccuracy)).toBeLessThanOrEqual(2 / 10_000)
    expect(report.microsecondsPerImage).toBeGreaterThan(0)
  })

  it('leaves no tensor behind', async () => {
    const { pixels } = await digit(1)
    const before = tf.memory().numTensors
    await service.answer({ type: 'predict', id: 4, networks: [trained], pixels })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses an image of another size, naming both', async () => {
    const answer = service.answer({ type: 'predict', id: 5, networks: [trained], pixels: new Uint8Array(100) })
    await expect(answer).rejects.toMatchObject({
      code: 'invalid_image',
      message: expect.stringMatching(/100 .*28×28×1/),
    })
  })

  it('refuses a checkpoint that is not there, and one of another network', async () => {
    const pixels = new Uint8Array(784)
    const missing = { ...trained, checkpointFolder: join(folder, 'epoch-0099') }
    const other = { ...trained, spec: { ...spec, layers: spec.layers.filter(({ id }) => id !== 'norm') } }
    const damaged = expect.objectContaining({ code: 'checkpoint_damaged' })
    await expect(service.answer({ type: 'predict', id: 6, networks: [missing], pixels })).rejects.toEqual(damaged)
    await expect(new InferenceService().answer({ type: 'predict', id: 7, networks: [other], pixels })).rejects.toEqual(
      damaged,
    )
  })

  it('forgets a failed network, so that a repaired one is found', async () => {
    const path = join(folder, 'epoch-0001', 'state.json')
    const fresh = new InferenceService()
    const pixels = new Uint8Array(784)
    const original = await readFile(path)
    await writeFile(path, 'x')
    await expect(fresh.answer({ type: 'predict', id: 8, networks: [trained], pixels })).rejects.toThrow()
    await writeFile(path, original)
    expect((await fresh.answer({ type: 'predict', id: 9, networks: [trained], pixels })).type).toBe('answers')
  })

  it('does not measure with other threads than it has', async () => {
    if (!tensorflow) return
    const other = service.answer({
      type: 'evaluate',
      id: 11,
      network: trained,
      dataset: 'mnist',
      engine: 'float',
      backend: 'tensorflow',
      threads: 3,
    })
    await expect(other).rejects.toMatchObject({ code: 'not_supported', message: expect.stringContaining('1 threads') })
  })

  it('describes its backend and the datasets', async () => {
    expect(await service.answer({ type: 'describe', id: 12 })).toMatchObject({
      type: 'description',
      engine: { backend: settings.backend, datasetSha256: null },
    })
    const report = await service.answer({ type: 'datasets', id: 13 })
    expect(report).toMatchObject({ datasets: [{ name: 'mnist', available: true }, { name: 'fashion-mnist' }] })
  })
})
