import { z } from '../../zod.ts'
import { defineQuantizer, SIGNS, within } from './definition.ts'

/** A step behind zero. bitorch's SteHeaviside steps from -1, so that only zero itself differs from sign; larq's from 0. */
export const SteHeaviside = defineQuantizer({
  type: 'steheaviside',
  title: 'SteHeaviside',
  summary: 'Makes +1 of everything above zero and the low value of the rest; the gradient passes up to ±1.',
  parameters: {
    /** -1 as in bitorch, 0 as in larq. */
    low: z.union([z.literal(-1), z.literal(0)]).default(-1),
  },
  produces: ({ low }) => (low === -1 ? SIGNS : { bits: 1, signs: 'never', scaled: false }),
  forward: (x, { low }) => (x > 0 ? 1 : low),
  gradient: (x) => within(x, 1),
})
