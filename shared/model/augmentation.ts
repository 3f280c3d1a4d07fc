import { z } from '../zod.ts'

/** How training images are changed before every use, each by random amounts of its own. Test images stay as they are. */
export const augmentationSchema = z.strictObject({
  /** Up to this many pixels along each axis, in fractions of a pixel. */
  shift: z.number().min(0).max(14).default(0),
  /** Up to this many degrees to either side. */
  rotation: z.number().min(0).max(180).default(0),
  /** Standard deviation, in pixels, of a smooth field that bends the image. */
  elastic: z.number().min(0).max(5).default(0),
})

export type AugmentationSettings = z.output<typeof augmentationSchema>

/** What suits handwritten digits: more turns a 6 towards a 0 or pushes ink out of the image. */
export const DIGIT_AUGMENTATION: AugmentationSettings = { shift: 2, rotation: 10, elastic: 0.5 }

export function isAugmenting({ shift, rotation, elastic }: AugmentationSettings): boolean {
  return shift > 0 || rotation > 0 || elastic > 0
}
