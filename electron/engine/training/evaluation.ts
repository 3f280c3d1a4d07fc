import * as tf from '@tensorflow/tfjs-core'
import { encodeLoss, type Predictions } from '#shared/predictions/predictions.ts'
import { gatherBatch } from '../datasets/batch.ts'
import type { ImageDataset, ImageSplit } from '../datasets/dataset.ts'
import type { Network } from '../network.ts'
import type { Operations } from '../operations/operation.ts'
import { predictedClasses } from './scores.ts'

/** Images that pass through the network at once: enough for full speed, little memory. */
const EVALUATION_BATCH = 200

export interface Evaluation extends Predictions {
  readonly loss: number
  readonly accuracy: number
  readonly images: number
  /** Time of the forward passes alone. */
  readonly seconds: number
}

/** Some images of a dataset. */
export interface ImageSelection {
  readonly split: ImageSplit
  /** Their places in it; null is all of it. */
  readonly places: Uint32Array | null
}

/**
 * Loss, accuracy and every single answer on the test images, or on those that are selected.
 *
 * @param between called before every batch; false ends the evaluation, which then returns null.
 */
export async function evaluate(
  network: Network,
  dataset: ImageDataset,
  operations: Operations,
  between: () => Promise<boolean> = async () => true,
  { split, places }: ImageSelection = { split: dataset.test, places: null },
): Promise<Evaluation | null> {
  const images = places?.length ?? split.count
  const sums = { loss: 0, hits: 0, milliseconds: 0 }
  const predicted = new Uint8Array(images)
  const losses = new Uint8Array(images)
  for (let from = 0; from < images; from += EVALUATION_BATCH) {
    if (!(await between())) return null
    const count = Math.min(EVALUATION_BATCH, images - from)
    const batch = gatherBatch(dataset, split, from, count, places)
    tf.tidy(() => {
      const start = performance.now()
      const logits = network.evaluate(batch.images)
      predicted.set(predictedClasses(logits), from)
      sums.milliseconds += performance.now() - start
      for (const [image, loss] of operations.crossEntropy(logits, batch.labels).losses.dataSync().entries()) {
        sums.loss += loss
        losses[from + image] = encodeLoss(loss)
        if (predicted[from + image] === batch.classes[image]) sums.hits += 1
      }
    })
    batch.dispose()
  }
  return {
    loss: sums.loss / images,
    accuracy: sums.hits / images,
    images,
    seconds: sums.milliseconds / 1000,
    predicted,
    losses,
  }
}
