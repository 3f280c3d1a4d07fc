import type { Epoch, Progress, RunDetail, RunSummary, StepColumns } from '#shared/contract/runs.ts'
import { networkSpecSchema } from '#shared/model/spec.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import preset from '../../../../resources/presets/lenet-binary.json'

export function summary(change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-a',
    name: 'lenet-binary',
    network: 'lenet-binary',
    status: 'running',
    dataset: 'mnist',
    epochs: 10,
    epochsDone: 2,
    testAccuracy: 0.97,
    bestTestAccuracy: 0.975,
    trainLoss: 0.08,
    parameters: 1_141_330,
    binaryParameters: 1_126_400,
    packedBytes: 200_520,
    seed: 1,
    backend: 'tensorflow',
    createdAt: '2026-10-01T10:00:00.000Z',
    finishedAt: null,
    seconds: 120,
    message: null,
    errorCode: null,
    ...change,
  }
}

export function epoch(number: number, change: Partial<Epoch> = {}): Epoch {
  return {
    epoch: number,
    trainLoss: 0.3 / number,
    trainAccuracy: 1 - 0.1 / number,
    testLoss: 0.35 / number,
    testAccuracy: 1 - 0.12 / number,
    seconds: 60,
    ...change,
  }
}

export function detail(change: Partial<RunDetail> = {}): RunDetail {
  return {
    ...summary(),
    spec: networkSpecSchema.parse(preset.spec),
    settings: trainingSettingsSchema.parse(preset.settings),
    provenance: {
      appVersion: '0.1.0',
      commit: '1234567890abcdef',
      specHash: 'f'.repeat(64),
      datasetSha256: 'a'.repeat(64),
      backend: 'tensorflow',
      backendVersion: 'TensorFlow 2.21.0',
      kernels: null,
      threads: 2,
      node: '24.21.0',
      platform: 'linux x64',
      cpu: 'A processor',
      cores: 2,
      memoryBytes: 24 * 1024 ** 3,
    },
    epochRecords: [epoch(1), epoch(2)],
    stepMs: 98,
    progress: null,
    ...change,
  }
}

export function progress(change: Partial<Progress> = {}): Progress {
  return {
    phase: 'training',
    epoch: 3,
    epochs: 10,
    step: 1300,
    totalSteps: 6000,
    loss: 0.08,
    accuracy: 0.98,
    imagesPerSecond: 900,
    elapsedSeconds: 130,
    remainingSeconds: 470,
    ...change,
  }
}

/** Steps `from` to `to`, both included; the loss of step k is `lossOf(k)`. */
export function steps(from: number, to: number, lossOf: (step: number) => number = (step) => 1 / step): StepColumns {
  const numbers = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  return {
    from,
    loss: Float32Array.from(numbers, lossOf),
    accuracy: Float32Array.from(numbers, () => 0.9),
    seconds: Float32Array.from(numbers, (step) => step / 10),
  }
}
