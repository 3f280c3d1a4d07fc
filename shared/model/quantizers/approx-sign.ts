import { defineQuantizer, signOf, SIGNS, within } from './definition.ts'

/** The derivative of a piecewise parabola: Bi-Real Net (Liu et al., 2018), equation 8; bitorch's and larq's ApproxSign. */
export const ApproxSign = defineQuantizer({
  type: 'approxsign',
  title: 'ApproxSign',
  summary: 'Sign, with a gradient that falls evenly from 2 at zero to 0 at ±1.',
  parameters: {},
  produces: () => SIGNS,
  forward: signOf,
  gradient: (x) => (2 - 2 * Math.abs(x)) * within(x, 1),
})
