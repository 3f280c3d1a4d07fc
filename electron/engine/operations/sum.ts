import * as tf from '@tensorflow/tfjs-core'

/** The sum of two tensors of one shape. */
export function add(first: tf.Tensor, second: tf.Tensor): tf.Tensor {
  return tf.add(first, second)
}
