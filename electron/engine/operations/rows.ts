import * as tf from '@tensorflow/tfjs-core'

/** Sums over everything but the channels, the last axis. */
export function sumOverRows(values: tf.Tensor): tf.Tensor {
  return tf.sum(
    values,
    values.shape.slice(0, -1).map((_, axis) => axis),
  )
}
