import * as tf from '@tensorflow/tfjs-core'
import type { ClippedQuantisation } from './operation.ts'

/**
 * PACT (Choi et al., 2018) as bitorch computes it: y = round(clamp(x, 0, α) · s) / s with s = (2^bits - 1) / α. The
 * gradient passes straight through where 0 <= x <= α; that of α is the upstream where x >= α. Halves round to even, as
 * in PyTorch.
 */
export function clippedQuantisation(input: tf.Tensor, alpha: tf.Tensor, bits: number): ClippedQuantisation {
  const isAtMost = tf.lessEqual(input, alpha)
  return {
    output: tf.tidy(() => {
      const scale = tf.div(2 ** bits - 1, alpha)
      const clamped = tf.relu(tf.where(isAtMost, input, alpha))
      return tf.div(tf.round(tf.mul(clamped, scale)), scale)
    }),
    gradient: (upstream) => ({
      input: tf.tidy(() => tf.where(tf.logicalAnd(tf.greaterEqual(input, 0), isAtMost), upstream, tf.scalar(0))),
      alpha: tf.tidy(() => tf.sum(tf.where(tf.greaterEqual(input, alpha), upstream, tf.scalar(0)))),
    }),
  }
}
