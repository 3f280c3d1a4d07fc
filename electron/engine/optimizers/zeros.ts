import * as tf from '@tensorflow/tfjs-core'

/** A variable for what an optimiser remembers of a weight. */
export function zerosLike({ shape }: tf.Tensor): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros(shape), false))
}
