import { z } from '../zod.ts'
import { augmentationSchema } from './augmentation.ts'
import { earlyStoppingSchema } from './early-stopping.ts'
import { LIMITS } from './limits.ts'
import { optimizerSchema } from './optimizers.ts'
import { scheduleSchema } from './schedule.ts'

/** How a network is trained. Every field has a default, so `{}` is a valid request. */
export const trainingSettingsSchema = z.strictObject({
  dataset: z.string().min(1).max(64).default('mnist'),
  epochs: z.int().min(1).max(10_000).default(10),
  batchSize: z.int().min(1).max(60_000).default(100),
  /** The base rate: `schedule` and `warmupEpochs` say what share of it a step takes. */
  learningRate: z.number().positive().max(10).default(0.001),
  optimizer: optimizerSchema.default({ type: 'adam' }),
  schedule: scheduleSchema.default({ type: 'constant' }),
  /** Epochs, or a part of one, in which the learning rate rises evenly to its base. */
  warmupEpochs: z.number().min(0).max(10_000).default(0),
  /** `null` trains all epochs and keeps the weights of the last. */
  earlyStopping: earlyStoppingSchema.nullable().default(null),
  /** All zero, the images stay as they are. */
  augmentation: augmentationSchema.prefault({}),
  /**
   * Share of the training images that are held out, an even part of every class: nothing is trained on them, and early
   * stopping watches them in place of the test images.
   */
  validation: z.number().min(0).max(0.9).default(0),
  /** Seeds the weights, the order of the images, dropout, augmentation and which images are held out. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** Off, the images come in the order of the file, as in the notebook. */
  shuffle: z.boolean().default(true),
  /** Train on the first N images only; `null` takes them all. */
  limit: z.int().min(1).nullable().default(null),
  backend: z.enum(['auto', 'tensorflow', 'native']).default('auto'),
  /** Threads the backend may use; `null` takes one per core, shared evenly with the runs that train when it begins. */
  threads: z.int().min(1).max(LIMITS.threads).nullable().default(null),
  /** Keeps frames of the watched weights, of all binary layers where none is watched; it changes no result. */
  recordWeights: z.boolean().default(true),
})

export type TrainingSettings = z.output<typeof trainingSettingsSchema>
