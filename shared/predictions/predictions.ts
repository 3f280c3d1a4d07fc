/** What a network answered to the images of a test set, one entry an image. */
export interface Predictions {
  /** The class with the highest score, the first of equals. */
  readonly predicted: Uint8Array
  /** Loss as `encodeLoss` writes it. */
  readonly losses: Uint8Array
}

/** Steps in which a stored loss is counted: fine enough to rank mistakes, small enough for every epoch of a run. */
const STEPS_PER_UNIT = 16

/** A cross-entropy loss in one byte; 255 stands for 15.94 and all above. */
export function encodeLoss(loss: number): number {
  return Math.min(255, Math.round(loss * STEPS_PER_UNIT))
}

export function decodeLoss(byte: number): number {
  return byte / STEPS_PER_UNIT
}

/**
 * How often each class was taken for each.
 *
 * @returns classes × classes counts, row by row: the image's class, then the answer.
 */
export function confusionMatrix(predicted: Uint8Array, labels: Uint8Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes * classes)
  for (const [image, label] of labels.entries()) counts[label * classes + predicted[image]!]! += 1
  return counts
}

/** Share of each class's images that were answered right; NaN for a class without images. */
export function classAccuracies(confusion: Uint32Array, classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => {
    const row = confusion.subarray(label * classes, (label + 1) * classes)
    return row[label]! / row.reduce((sum, count) => sum + count, 0)
  })
}

/** The images of one cell of the confusion matrix, in the order of the test set. */
export function imagesOfCell(predicted: Uint8Array, labels: Uint8Array, label: number, answer: number): number[] {
  const images = []
  for (const [image, own] of labels.entries()) if (own === label && predicted[image] === answer) images.push(image)
  return images
}

/** The wrongly answered images with the highest loss, the worst first; of equals the earlier in the test set. */
export function worstMistakes({ predicted, losses }: Predictions, labels: Uint8Array, count: number): number[] {
  const mistakes = []
  for (const [image, label] of labels.entries()) if (predicted[image] !== label) mistakes.push(image)
  return mistakes.toSorted((a, b) => losses[b]! - losses[a]! || a - b).slice(0, count)
}
