import * as tf from '@tensorflow/tfjs-core'

/** One sum over everything: infinities and NaN survive it. Finite values of more than 1e38 together count as infinite. */
export function areFinite(tensors: readonly tf.Tensor[]): boolean {
  if (tensors.length === 0) return true
  return tf.tidy(() => Number.isFinite(tf.addN(tensors.map((tensor) => tf.sum(tensor))).dataSync()[0]))
}
