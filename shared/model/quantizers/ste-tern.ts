import { z } from '../../zod.ts'
import { defineQuantizer, within } from './definition.ts'
import * as parameter from './parameters.ts'

const clamp = (x: number, clip: number | null) => (clip === null ? x : Math.max(-clip, Math.min(clip, x)))

/** The share of the mean magnitude that serves as threshold: Ternary Weight Networks (Li et al., 2016), equation 6. */
const SHARE_OF_MEAN = 0.7

/** Three values: larq's SteTern. A value at the threshold is not zero. */
export const SteTern = defineQuantizer({
  type: 'ste_tern',
  title: 'SteTern',
  summary: 'Makes -1, 0 or +1 of a value: 0 nearer to zero than the threshold. The gradient passes up to the clip.',
  parameters: {
    threshold: z.number().positive().max(10).default(0.05),
    /** The threshold is 0.7 times the mean magnitude of the values instead, as in Ternary Weight Networks. */
    ternaryWeightNetworks: z.boolean().default(false),
    clip: parameter.clip,
  },
  produces: () => ({ bits: 2, signs: 'never', scaled: false }),
  measure: (values, { threshold, ternaryWeightNetworks, clip }) =>
    ternaryWeightNetworks
      ? (SHARE_OF_MEAN * values.reduce((sum, value) => sum + Math.abs(clamp(value, clip)), 0)) / values.length
      : threshold,
  forward: (x, { clip }, { measure }) => {
    const clamped = clamp(x, clip)
    return Math.sign(Math.sign(clamped + measure) + Math.sign(clamped - measure))
  },
  gradient: (x, { clip }) => within(x, clip),
})
