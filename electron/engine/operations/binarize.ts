import * as tf from '@tensorflow/tfjs-core'
import type { Differentiable } from './operation.ts'

/**
 * +1 where `input` >= 0, else -1. TensorFlow's own sign is -1, 0 or 1, so half a step up decides for 0. What NaN gives
 * depends on the backend; the training step ends the run before it matters.
 */
export function signOf(input: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.sign(tf.add(tf.sign(input), 0.5)))
}

/** The straight-through estimator with gradient cancellation: upstream · 1[|input| <= threshold]. */
export function cancelGradient(upstream: tf.Tensor, input: tf.Tensor, threshold: number | null): tf.Tensor {
  if (threshold === null) return upstream.clone()
  return tf.tidy(() => tf.where(tf.lessEqual(tf.abs(input), threshold), upstream, tf.scalar(0)))
}

export function binarize(input: tf.Tensor, threshold: number | null): Differentiable<tf.Tensor> {
  return {
    output: signOf(input),
    gradient: (upstream) => cancelGradient(upstream, input, threshold),
  }
}
