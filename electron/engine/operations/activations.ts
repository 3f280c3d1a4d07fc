import * as tf from '@tensorflow/tfjs-core'
import type { Differentiable } from './operation.ts'

export function tanh(input: tf.Tensor): Differentiable<tf.Tensor> {
  const output = tf.tanh(input)
  return { output, gradient: (upstream) => tf.tidy(() => tf.mul(upstream, tf.sub(1, tf.square(output)))) }
}

export function relu(input: tf.Tensor): Differentiable<tf.Tensor> {
  const output = tf.relu(input)
  return { output, gradient: (upstream) => tf.tidy(() => tf.where(tf.greater(output, 0), upstream, tf.scalar(0))) }
}

/** Clamps to [-1, 1]; as in PyTorch, no gradient at the two ends themselves. */
export function hardtanh(input: tf.Tensor): Differentiable<tf.Tensor> {
  return {
    output: tf.clipByValue(input, -1, 1),
    gradient: (upstream) => tf.tidy(() => tf.where(tf.less(tf.abs(input), 1), upstream, tf.scalar(0))),
  }
}
