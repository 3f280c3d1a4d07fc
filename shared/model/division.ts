import type { TrainingSettings } from './training.ts'

/** How the training images of a dataset are divided, and cut into the steps of an epoch. */
export interface ImageDivision {
  /** Images of one epoch. */
  readonly images: number
  /** Images that nothing is trained on, to validate the training by. */
  readonly heldOut: number
  /** Batches of one epoch, the last of which may be smaller. */
  readonly stepsPerEpoch: number
}

/** @param available training images of the dataset. Whether they suffice, `training-check.ts` says. */
export function divideImages(
  { limit, batchSize, validation }: Pick<TrainingSettings, 'limit' | 'batchSize' | 'validation'>,
  available: number,
): ImageDivision {
  const taken = Math.min(limit ?? available, available)
  const heldOut = Math.round(validation * taken)
  const images = taken - heldOut
  return { images, heldOut, stepsPerEpoch: Math.ceil(images / batchSize) }
}
