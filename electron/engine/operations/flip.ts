import * as tf from '@tensorflow/tfjs-core'
import { signOf } from './binarize.ts'
import type { FlipCoefficients } from './operation.ts'

/**
 * One step of Bop (Helwegen et al., 2019): the average follows the gradient, and a weight of ±1 flips where
 * weight · average > threshold, so where the gradient asks for the other sign.
 */
export function flip(
  weight: tf.Variable,
  gradient: tf.Tensor,
  average: tf.Variable,
  { gamma, threshold }: FlipCoefficients,
): void {
  tf.tidy(() => {
    average.assign(tf.add(average, tf.mul(tf.sub(gradient, average), gamma)))
    const sign = signOf(weight)
    const flips = tf.greater(tf.mul(sign, average), threshold)
    weight.assign(tf.where(flips, tf.neg(sign), sign))
  })
}
