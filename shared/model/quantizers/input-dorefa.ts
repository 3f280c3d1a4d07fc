import { defineQuantizer, roundHalfEven } from './definition.ts'
import * as parameter from './parameters.ts'

/** k-bit activations: DoReFa-Net (Zhou et al., 2016), equation 5 of a value clamped to [0, 1]; bitorch's InputDoReFa. */
export const InputDoReFa = defineQuantizer({
  type: 'inputdorefa',
  title: 'InputDoReFa',
  summary: 'Clamps values to [0, 1] and rounds to 2^bits even levels.',
  parameters: { bits: parameter.bits, gradient: parameter.dorefaGradient },
  produces: ({ bits }) => ({ bits, signs: 'never', scaled: false }),
  forward: (x, { bits }) => {
    const steps = 2 ** bits - 1
    return roundHalfEven(Math.max(0, Math.min(1, x)) * steps) / steps
  },
  gradient: (x, { gradient }) => (gradient === 'identity' || (x >= 0 && x <= 1) ? 1 : 0),
})
