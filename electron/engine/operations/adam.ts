import * as tf from '@tensorflow/tfjs-core'
import type { AdamCoefficients, AdamMoments } from './operation.ts'

/**
 * One step of Adam (Kingma and Ba, 2015) in PyTorch's order of operations: ε is added to the root of the corrected
 * second moment, and the first moment moves by a linear interpolation. The weight is clipped at last.
 */
export function adam(
  weight: tf.Variable,
  gradient: tf.Tensor,
  moments: AdamMoments,
  coefficients: AdamCoefficients,
  clip: number | null,
): void {
  const { beta1, beta2, epsilon } = coefficients
  const { stepSize, rootCorrection } = adamCorrections(coefficients)
  tf.tidy(() => {
    const first = tf.add(moments.first, tf.mul(tf.sub(gradient, moments.first), 1 - beta1))
    const second = tf.add(tf.mul(moments.second, beta2), tf.mul(tf.square(gradient), 1 - beta2))
    const denominator = tf.add(tf.div(tf.sqrt(second), rootCorrection), epsilon)
    const moved = tf.sub(weight, tf.mul(tf.div(first, denominator), stepSize))
    weight.assign(clip === null ? moved : tf.clipByValue(moved, -clip, clip))
    moments.first.assign(first)
    moments.second.assign(second)
  })
}

/** What makes up for moments that begin at zero. */
export function adamCorrections({ learningRate, beta1, beta2, step }: AdamCoefficients) {
  return { stepSize: learningRate / (1 - beta1 ** step), rootCorrection: Math.sqrt(1 - beta2 ** step) }
}
