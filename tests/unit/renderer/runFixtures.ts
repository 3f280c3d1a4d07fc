import type { Epoch, Progress, RunDetail, RunSummary, StepColumns } from '#shared/contract/runs.ts'
import { networkSpecSchema } from '#shared/model/spec.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import preset from '../../../resources/presets/lenet-binary.json' with { type: 'json' }
import { aRun, summary as summaryOf } from './fakeLab.ts'

/** A binary run in its third epoch of ten. */
export function detail(change: Partial<RunDetail> = {}): RunDetail {
  return aRun(networkSpecSchema.parse(preset.spec), trainingSettingsSchema.parse(preset.settings), {
    id: 'run-a',
    epochsDone: 2,
    testAccuracy: 0.97,
    bestTestAccuracy: 0.975,
    trainLoss: 0.08,
    createdAt: '2026-10-01T10:00:00.000Z',
    seconds: 120,
    epochRecords: [epoch(1), epoch(2)],
    stepMs: 98,
    ...change,
  })
}

/** The same as a row of History. */
export function summary(change: Partial<RunSummary> = {}): RunSummary {
  return summaryOf(detail(change))
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
