import * as tf from '@tensorflow/tfjs-core'
import type { AdamCoefficients, AdamMoments } from './operation.ts'

/**
 * One step of Adam (Kingma and Ba, 2015) in PyTorch's order of operations: ε is added to the root of the corrected
 * second moment, and the first moment moves by a linear interpolation.
 */
export function adam(
  weight: tf.Tensor,
  gradient: tf.Tensor,
  moments: AdamMoments,
  { learningRate, beta1, beta2, epsilon, step }: AdamCoefficients,
): AdamMoments & { readonly weight: tf.Tensor } {
  return tf.tidy(() => {
    const first = tf.add(moments.first, tf.mul(tf.sub(gradient, moments.first), 1 - beta1))
    const second = tf.add(tf.mul(moments.second, beta2), tf.mul(tf.square(gradient), 1 - beta2))
    const stepSize = learningRate / (1 - beta1 ** step)
    const rootCorrection = Math.sqrt(1 - beta2 ** step)
    const denominator = tf.add(tf.div(tf.sqrt(second), rootCorrection), epsilon)
    return { first, second, weight: tf.sub(weight, tf.mul(tf.div(first, denominator), stepSize)) }
  })
}
