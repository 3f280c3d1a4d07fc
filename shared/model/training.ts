import { z } from '../zod.ts'

/** How a network is trained. Every field has a default, so `{}` is a valid request. */
export const trainingSettingsSchema = z.strictObject({
  dataset: z.string().min(1).max(64).default('mnist'),
  epochs: z.int().min(1).max(10_000).default(10),
  batchSize: z.int().min(1).max(60_000).default(100),
  learningRate: z.number().positive().max(10).default(0.001),
  optimizer: z.enum(['adam', 'sgd']).default('adam'),
  /** Seeds the weights, the order of the images and dropout. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** Off, the images come in the order of the file, as in the notebook. */
  shuffle: z.boolean().default(true),
  /** Train on the first N images only; `null` takes them all. */
  limit: z.int().min(1).nullable().default(null),
  backend: z.enum(['auto', 'tensorflow', 'native']).default('auto'),
  /** Threads the backend may use; `null` takes one per core. */
  threads: z.int().min(1).max(256).nullable().default(null),
})

export type TrainingSettings = z.output<typeof trainingSettingsSchema>
