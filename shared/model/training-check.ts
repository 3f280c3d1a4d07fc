import { SignumError } from '../contract/errors.ts'
import type { LayerAnalysis, NetworkAnalysis } from './analyse.ts'
import { requireDataset, type DatasetFacts } from './datasets.ts'
import { divideImages, type ImageDivision } from './division.ts'
import { requireTrainable } from './parse.ts'
import type { Signal } from './signal.ts'
import type { NetworkSpec } from './spec.ts'
import type { TrainingSettings } from './training.ts'

/**
 * Checks what the schemas of network and settings cannot see one by one, without opening the dataset.
 *
 * @returns the network's analysis.
 * @throws SignumError `unknown_dataset`, `invalid_shape` or `invalid_settings`, naming the field or layer and the fix.
 */
export function checkTraining(spec: NetworkSpec, settings: TrainingSettings): NetworkAnalysis {
  const dataset = requireDataset(settings.dataset)
  requireInput(spec.input, dataset)
  const analysis = requireTrainable(spec, dataset.classes.length)
  requireDivision(settings, analysis, dataset)
  requireWarmupWithin(settings)
  return analysis
}

/** @throws SignumError `invalid_shape` where the network reads other images than the dataset has. */
export function requireInput(
  input: NetworkSpec['input'],
  { name, height, width, channels }: Pick<DatasetFacts, 'name' | 'height' | 'width' | 'channels'>,
): void {
  if (input.height === height && input.width === width && input.channels === channels) return
  throw new SignumError(
    'invalid_shape',
    `The network reads images of ${input.height}×${input.width}×${input.channels}, but those of ${name} are ${height}×${width}×${channels}. Change the network's input.`,
    { place: { field: 'spec.input' } },
  )
}

/**
 * How the images of a dataset are divided, where these settings and this network can be trained with them.
 *
 * @throws SignumError `invalid_settings`, naming the numbers that do not fit together.
 */
export function requireDivision(
  settings: Pick<TrainingSettings, 'limit' | 'batchSize' | 'validation'>,
  analysis: NetworkAnalysis,
  { name, trainImages }: Pick<DatasetFacts, 'name' | 'trainImages'>,
): ImageDivision {
  const { limit, batchSize, validation } = settings
  if (limit !== null && limit > trainImages) {
    throw invalid(
      'limit',
      `The limit of ${limit} images is more than the ${trainImages} that ${name} has. Choose at most ${trainImages}.`,
    )
  }
  const division = divideImages(settings, trainImages)
  const taken = division.images + division.heldOut
  if (validation > 0 && division.heldOut === 0) {
    throw invalid(
      'validation',
      `A validation share of ${validation} holds out none of ${taken} images. Choose a larger share, or 0 to hold out none.`,
    )
  }
  if (division.images === 0) {
    throw invalid(
      'validation',
      `A validation share of ${validation} leaves none of ${taken} images to train on. Choose a smaller share or more images.`,
    )
  }
  if (batchSize > division.images) {
    throw invalid(
      'batchSize',
      `A batch of ${batchSize} images is larger than the ${division.images} images to train on. Choose a batch size of at most ${division.images}.`,
    )
  }
  requireVariance(analysis, division.images, batchSize)
  return division
}

/** PyTorch refuses this too: the variance of a single value is 0 and its unbiased estimate 0 / 0. */
function requireVariance(analysis: NetworkAnalysis, images: number, batchSize: number): void {
  if (images % batchSize !== 1 && batchSize !== 1) return
  const single = singleNormalisation(analysis)
  if (!single) return
  throw invalid(
    'batchSize',
    `${images} images in batches of ${batchSize} leave one image alone, and BatchNorm ("${single.layer.id}") needs two. Choose another batch size.`,
  )
}

function requireWarmupWithin({ warmupEpochs, epochs }: TrainingSettings): void {
  if (warmupEpochs < epochs) return
  throw invalid(
    'warmupEpochs',
    `The warm-up takes ${warmupEpochs} of ${epochs} epochs and leaves none at the full learning rate. Choose fewer.`,
  )
}

/** The first layer at any depth, a block's shortcut included, that normalises one value a channel of every image. */
function singleNormalisation({ all }: NetworkAnalysis): LayerAnalysis | undefined {
  const isSingle = ({ shape }: Signal) => shape.kind === 'features' || (shape.height === 1 && shape.width === 1)
  return all.find(({ layer, input, output }) => {
    if (layer.type === 'Residual') return layer.shortcut === 'conv' && layer.shortcutBatchNorm && isSingle(output)
    return layer.type === 'BatchNorm' && isSingle(input)
  })
}

function invalid(field: keyof TrainingSettings, message: string): SignumError {
  return new SignumError('invalid_settings', message, { place: { field: `settings.${field}` } })
}
