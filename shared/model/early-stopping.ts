import { z } from '../zod.ts'

/** Ends a training that no longer improves, and takes the weights of its best epoch at the end. */
export const earlyStoppingSchema = z.strictObject({
  /**
   * What is watched after every epoch. Both are measured on the test images, so the accuracy of the epoch that is
   * chosen flatters a little.
   */
  monitor: z.enum(['testLoss', 'testAccuracy']).default('testLoss'),
  /** Epochs in a row that may pass without a new best one. */
  patience: z.int().min(1).max(10_000).default(5),
  /** By how much an epoch has to be better than the best so far to count. */
  minDelta: z.number().min(0).max(1000).default(0),
})

export type EarlyStoppingSettings = z.output<typeof earlyStoppingSchema>
