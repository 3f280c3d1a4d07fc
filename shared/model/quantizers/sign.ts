import { defineQuantizer, signOf, SIGNS } from './definition.ts'

/** Straight-through estimator (Courbariaux et al., 2016), its cancellation left to the layer: bitorch's Sign. */
export const Sign = defineQuantizer({
  type: 'sign',
  title: 'Sign',
  summary: 'Makes +1 of zero and above and -1 of the rest; the gradient passes straight through.',
  parameters: {},
  produces: () => SIGNS,
  forward: signOf,
  gradient: () => 1,
})
