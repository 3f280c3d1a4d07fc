import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import type { ImageDivision } from '#shared/model/division.ts'
import { requireDivision, requireInput } from '#shared/model/training-check.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { ImageDataset } from '../datasets/dataset.ts'

/** The steps of a whole training. */
export interface TrainingPlan extends ImageDivision {
  readonly batchSize: number
  readonly epochs: number
  readonly totalSteps: number
}

/**
 * Fits settings and network to the data that was really found.
 *
 * @throws SignumError `invalid_settings` or `invalid_shape`, naming both numbers that do not fit together.
 */
export function planTraining(
  settings: TrainingSettings,
  analysis: NetworkAnalysis,
  dataset: ImageDataset,
): TrainingPlan {
  const { shape } = analysis.layers[0]!.input
  if (shape.kind === 'image') requireInput(shape, dataset)
  const { batchSize, epochs } = settings
  const division = requireDivision(settings, analysis, { name: dataset.name, trainImages: dataset.train.count })
  return { ...division, batchSize, epochs, totalSteps: division.stepsPerEpoch * epochs }
}
