import { z } from '../zod.ts'

/** Names from when only the test images could be watched. */
const FORMER_NAMES: Readonly<Record<string, string>> = { testLoss: 'loss', testAccuracy: 'accuracy' }

/** Ends a training that no longer improves, and takes the weights of its best epoch at the end. */
export const earlyStoppingSchema = z.strictObject({
  /**
   * What is watched after every epoch: on the images that are held out, or on the test images where none are, so that
   * the accuracy of the chosen epoch flatters a little.
   */
  monitor: z.preprocess((name) => FORMER_NAMES[String(name)] ?? name, z.enum(['loss', 'accuracy'])).default('loss'),
  /** Epochs in a row that may pass without a new best one. */
  patience: z.int().min(1).max(10_000).default(5),
  /** By how much an epoch has to be better than the best so far to count. */
  minDelta: z.number().min(0).max(1000).default(0),
})

export type EarlyStoppingSettings = z.output<typeof earlyStoppingSchema>
