import { defineQuantizer, signOf, within } from './definition.ts'
import * as parameter from './parameters.ts'

/** Signs times the mean magnitude of an output channel's weights: Bi-Real Net (Liu et al., 2018); larq's of that name. */
export const MagnitudeAwareSign = defineQuantizer({
  type: 'magnitude_aware_sign',
  title: 'MagnitudeAwareSign',
  summary:
    'Sign times the mean magnitude of the weights of an output channel, by which its gradient is scaled as well.',
  parameters: { clip: parameter.clip },
  produces: () => ({ bits: 1, signs: 'never', scaled: true }),
  measure: (values) => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length,
  forward: (x, _parameters, { measure }) => measure * signOf(x),
  gradient: (x, { clip }, { measure }) => measure * within(x, clip),
})
