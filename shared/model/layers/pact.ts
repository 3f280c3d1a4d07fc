import { z } from '../../zod.ts'
import { NO_COST } from '../cost.ts'
import { defineLayer } from '../definition.ts'

/**
 * Clamps to [0, α] and rounds to 2^bits levels; α is learned (Choi et al., 2018). The levels are no ±1, so what follows
 * computes with them as floats.
 */
export const Pact = defineLayer({
  type: 'Pact',
  group: 'activation',
  summary: 'Clamps every value between 0 and a learned bound and rounds it to a few levels.',
  keywords: 'pact clipping quantize k-bit',
  parameters: {
    bits: z.int().min(1).max(16).default(4),
    /** What the learned bound starts as. */
    alpha: z.number().positive().max(1000).default(10),
  },
  infer: ({ shape }, { bits }) => ({ shape, bits: 32, width: bits }),
  cost: () => ({ ...NO_COST, parameters: { 1: 0, 32: 1 } }),
})
