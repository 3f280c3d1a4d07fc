import { z } from '../../zod.ts'
import { defineLayer } from '../definition.ts'
import { NO_COST } from '../cost.ts'
import { channelsOf } from '../signal.ts'

export const BatchNorm = defineLayer({
  type: 'BatchNorm',
  group: 'normalisation',
  summary: 'Brings every channel to mean 0 and variance 1 over the batch, then scales and shifts it.',
  parameters: {
    eps: z.number().positive().max(1).default(1e-5),
    momentum: z.number().min(0).max(1).default(0.1),
  },
  infer: (input) => ({ shape: input.shape, bits: 32 }),
  cost: ({ shape }) => ({ parameters: { 1: 0, 32: 2 * channelsOf(shape) }, macs: { 1: 0, 32: 0 } }),
})

export const Dropout = defineLayer({
  type: 'Dropout',
  group: 'normalisation',
  summary: 'Sets a random share of the values to zero while training and scales up the rest.',
  parameters: { p: z.number().min(0).lt(1).default(0.5) },
  // Dropped values are neither +1 nor -1.
  infer: (input, { p }) => (p === 0 ? input : { shape: input.shape, bits: 32 }),
  cost: () => NO_COST,
})
