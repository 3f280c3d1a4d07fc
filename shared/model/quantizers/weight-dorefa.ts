import { defineQuantizer, roundHalfEven } from './definition.ts'
import * as parameter from './parameters.ts'

/** k-bit weights: DoReFa-Net (Zhou et al., 2016), equation 9; bitorch's WeightDoReFa. One bit gives -1 and +1. */
export const WeightDoReFa = defineQuantizer({
  type: 'weightdorefa',
  title: 'WeightDoReFa',
  summary: 'Squeezes values by tanh into [-1, 1] by the largest of them and rounds to 2^bits even levels.',
  parameters: { bits: parameter.bits, gradient: parameter.dorefaGradient },
  produces: ({ bits }) => ({ bits, signs: bits === 1 ? 'always' : 'never', scaled: false }),
  // Where all values are 0 any divisor serves.
  measure: (values) => values.reduce((largest, value) => Math.max(largest, Math.abs(Math.tanh(value))), 0) || 1,
  forward: (x, { bits }, { measure }) => {
    const steps = 2 ** bits - 1
    return (2 * roundHalfEven((Math.tanh(x) / (2 * measure) + 0.5) * steps)) / steps - 1
  },
  gradient: (x, { gradient }, { measure }) => (gradient === 'identity' ? 1 : (1 - Math.tanh(x) ** 2) / measure),
})
