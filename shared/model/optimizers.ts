import { z } from '../zod.ts'

/**
 * How weights follow their gradients. Runs and presets of earlier versions hold the name alone, which means its
 * defaults.
 */
export const optimizerSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { type: value } : value),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('adam') }),
    /** Adam with decoupled weight decay (Loshchilov and Hutter, 2019). */
    z.strictObject({
      type: z.literal('adamw'),
      /** Share of a weight that it loses in a step, times the learning rate. */
      weightDecay: z.number().min(0).max(1).default(0.01),
    }),
    z
      .strictObject({
        type: z.literal('sgd'),
        momentum: z.number().min(0).lt(1).default(0),
        nesterov: z.boolean().default(false),
      })
      .refine(({ momentum, nesterov }) => !nesterov || momentum > 0, {
        path: ['nesterov'],
        message: 'needs a momentum greater than 0',
      }),
    /** Flips of binary weights (Helwegen et al., 2019), and Adam for all others. */
    z.strictObject({
      type: z.literal('bop'),
      /** Share of the newest gradient in the moving average. */
      gamma: z.number().positive().max(1).default(1e-4),
      /** A weight flips when its averaged gradient pushes against it by more than this; the paper's τ. */
      threshold: z.number().min(0).max(1).default(1e-8),
    }),
  ]),
)

export type OptimizerSettings = z.output<typeof optimizerSchema>
export type OptimizerType = OptimizerSettings['type']

export const OPTIMIZER_TYPES = ['adam', 'adamw', 'sgd', 'bop'] as const satisfies readonly OptimizerType[]

export const OPTIMIZER_TITLES: Readonly<Record<OptimizerType, string>> = {
  adam: 'Adam',
  adamw: 'AdamW',
  sgd: 'SGD',
  bop: 'Bop',
}
