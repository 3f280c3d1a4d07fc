import { z } from '../../zod.ts'
import { defineQuantizer, signOf } from './definition.ts'

/** Keeps the width of the slope above zero at the end of a training. */
const SMALLEST_WIDTH = 1e-7

/**
 * Half the width of the slope from -1 to +1 when this share of the training is done: 1 - T with bitorch's temperature
 * T = 1 - α^(-β · progress), which is 0 at first and nearly 1 at the end.
 */
export function slopeWidth(
  progress: number,
  { alpha, beta }: { readonly alpha: number; readonly beta: number },
): number {
  return Math.max(alpha ** (-beta * progress), SMALLEST_WIDTH)
}

/** A slope that grows steeper while a network is trained, and sign once it is evaluated: bitorch's ProgressiveSign. */
export const ProgressiveSign = defineQuantizer({
  type: 'progressive_sign',
  title: 'ProgressiveSign',
  summary: 'A slope from -1 to +1 that grows steeper as training goes on and ends as sign; all of the gradient passes.',
  parameters: {
    alpha: z.number().gt(1).max(100).default(4),
    beta: z.number().positive().max(100).default(10),
  },
  produces: () => ({ bits: 1, signs: 'after training', scaled: false }),
  forward: (x, parameters, { progress }) =>
    progress === null ? signOf(x) : Math.max(-1, Math.min(1, x / slopeWidth(progress, parameters))),
  gradient: () => 1,
})
