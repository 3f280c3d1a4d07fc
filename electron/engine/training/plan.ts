import { SignumError } from '#shared/contract/errors.ts'
import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import { singleNormalisation } from '#shared/model/plan.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { ImageDataset } from '../datasets/dataset.ts'

/** How the images are cut into steps. */
export interface TrainingPlan {
  readonly images: number
  readonly batchSize: number
  readonly epochs: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
}

/**
 * Fits settings and network to the data.
 *
 * @throws SignumError `invalid_settings` or `invalid_shape`, naming both numbers that do not fit together.
 */
export function planTraining(
  settings: TrainingSettings,
  analysis: NetworkAnalysis,
  dataset: ImageDataset,
): TrainingPlan {
  requireSameImages(analysis, dataset)
  const images = Math.min(settings.limit ?? dataset.train.count, dataset.train.count)
  const { batchSize, epochs } = settings
  if (settings.limit !== null && settings.limit > dataset.train.count) {
    throw refuse('limit', `The limit of ${settings.limit} images is more than the ${dataset.train.count} there are.`)
  }
  if (batchSize > images) {
    throw refuse(
      'batchSize',
      `The batch of ${batchSize} is larger than the ${images} training images. Choose at most ${images}.`,
    )
  }
  const last = images % batchSize || batchSize
  requireVariance(analysis, last, images, batchSize)
  const stepsPerEpoch = Math.ceil(images / batchSize)
  return { images, batchSize, epochs, stepsPerEpoch, totalSteps: stepsPerEpoch * epochs }
}

function requireSameImages(analysis: NetworkAnalysis, dataset: ImageDataset): void {
  const shape = analysis.layers[0]!.input.shape
  if (shape.kind !== 'image') return
  const { height, width, channels } = dataset
  if (shape.height === height && shape.width === width && shape.channels === channels) return
  throw new SignumError(
    'invalid_shape',
    `The network reads images of ${shape.height}×${shape.width}×${shape.channels}, but ${dataset.name} has ${height}×${width}×${channels}. Change the network's input.`,
    { place: { field: 'spec.input' } },
  )
}

/** PyTorch refuses this too: the variance of a single value is 0 and its unbiased estimate 0 / 0. */
function requireVariance(analysis: NetworkAnalysis, last: number, images: number, batchSize: number): void {
  if (last > 1) return
  const single = singleNormalisation(analysis)
  if (!single) return
  throw refuse(
    'batchSize',
    `${images} images in batches of ${batchSize} leave one image alone, and BatchNorm ("${single.layer.id}") needs two. Choose another batch size.`,
  )
}

function refuse(field: keyof TrainingSettings, message: string): SignumError {
  return new SignumError('invalid_settings', message, { place: { field: `settings.${field}` } })
}
