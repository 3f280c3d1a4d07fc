import * as tf from '@tensorflow/tfjs-core'
import type { ImageDataset, ImageSplit } from './dataset.ts'

/** Some images as the networks read them: [count, height, width, channels] in [0, 1]. Own it: `dispose` frees it. */
export interface Batch {
  readonly images: tf.Tensor
  readonly labels: tf.Tensor
  /** The same labels, to count hits by. */
  readonly classes: Int32Array
  dispose(): void
}

/** Every byte divided by 255, rounded once, as PyTorch's ToTensor does. */
const SCALED = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

export function scalePixels(pixels: Uint8Array): Float32Array {
  const scaled = new Float32Array(pixels.length)
  for (let index = 0; index < pixels.length; index++) scaled[index] = SCALED[pixels[index]!]!
  return scaled
}

/**
 * The images `from` to `from + count - 1` of a split, counted in `order` if given.
 *
 * @param read makes values of the pixels; augmentation changes the images on the way.
 */
export function gatherBatch(
  { height, width, channels }: Pick<ImageDataset, 'height' | 'width' | 'channels'>,
  { pixels, labels }: ImageSplit,
  from: number,
  count: number,
  order: Uint32Array | null = null,
  read: (pixels: Uint8Array, count: number) => Float32Array = scalePixels,
): Batch {
  const size = height * width * channels
  const classes = new Int32Array(count)
  const chosen = new Uint8Array(count * size)
  for (let place = 0; place < count; place++) {
    const image = order ? order[from + place]! : from + place
    classes[place] = labels[image]!
    chosen.set(pixels.subarray(image * size, (image + 1) * size), place * size)
  }
  const images = tf.tensor4d(read(chosen, count), [count, height, width, channels])
  const labelTensor = tf.tensor1d(classes, 'int32')
  return {
    images,
    labels: labelTensor,
    classes,
    dispose: () => {
      images.dispose()
      labelTensor.dispose()
    },
  }
}
