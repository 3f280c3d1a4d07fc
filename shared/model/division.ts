import type { TrainingSettings } from './training.ts'

/** How the training images of a dataset are cut into the steps of an epoch. */
export interface ImageDivision {
  /** Images of one epoch. */
  readonly images: number
  /** Batches of one epoch, the last of which may be smaller. */
  readonly stepsPerEpoch: number
}

/** @param available training images of the dataset. Whether they suffice, `training-check.ts` says. */
export function divideImages(
  { limit, batchSize }: Pick<TrainingSettings, 'limit' | 'batchSize'>,
  available: number,
): ImageDivision {
  const images = Math.min(limit ?? available, available)
  return { images, stepsPerEpoch: Math.ceil(images / batchSize) }
}
