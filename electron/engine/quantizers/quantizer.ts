import * as tf from '@tensorflow/tfjs-core'
import type { Differentiable } from '../operations/operation.ts'

/**
 * A quantizer on tensors: the quantized values, and the way back through the gradient that stands in for its own. It
 * composes TF.js's operations, so it runs on every backend; the closed forms are in `shared/model/quantizers`.
 *
 * @param progress share of the training that is done, 0 to 1; null in evaluation.
 */
export type TensorQuantizer = (input: tf.Tensor, progress: number | null) => Differentiable<tf.Tensor>

/** Upstream times `factor` where `passes` is true, else 0, whatever upstream is there. */
export function passWhere(passes: tf.Tensor, upstream: tf.Tensor, factor?: tf.Tensor): tf.Tensor {
  return tf.where(passes, factor ? tf.mul(upstream, factor) : upstream, tf.scalar(0))
}

/** All of upstream. */
export const pass = (upstream: tf.Tensor) => upstream.clone()

/** Where |input| is at most `bound`. */
export function within(input: tf.Tensor, bound: number): tf.Tensor {
  return tf.lessEqual(tf.abs(input), bound)
}
