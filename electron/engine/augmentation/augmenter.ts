import { isAugmenting, type AugmentationSettings } from '#shared/model/augmentation.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { RandomStream } from '../random.ts'
import { BendingField } from './bending-field.ts'
import { sampleImage } from './sample.ts'

/** Bytes of `count` images in, their values in [0, 1] out. */
export type PixelReader = (pixels: Uint8Array, count: number) => Float32Array

/**
 * Shifts, turns and bends every image by random amounts of its own: one pass over its pixels, in which each looks up
 * where it comes from.
 *
 * @returns null when the settings leave the images as they are; no random number is drawn then.
 */
export function createAugmenter(
  settings: AugmentationSettings,
  { height, width, channels }: Pick<ImageDataset, 'height' | 'width' | 'channels'>,
  random: RandomStream,
): PixelReader | null {
  if (!isAugmenting(settings)) return null
  const size = height * width * channels
  const field = settings.elastic > 0 ? new BendingField(height, width) : null
  const within = (bound: number) => (bound > 0 ? (2 * random.uniform() - 1) * bound : 0)
  return (pixels, count) => {
    const values = new Float32Array(pixels.length)
    for (let image = 0; image < count; image++) {
      const angle = (within(settings.rotation) * Math.PI) / 180
      const placement = { angle, right: within(settings.shift), down: within(settings.shift) }
      field?.draw(settings.elastic, random)
      const [from, to] = [image * size, (image + 1) * size]
      sampleImage(pixels.subarray(from, to), values.subarray(from, to), { height, width, channels }, placement, field)
    }
    return values
  }
}
