import * as tf from '@tensorflow/tfjs-core'
import type { BatchNormalisation, ChannelStatistics } from './operation.ts'

/**
 * Batch normalisation as PyTorch's BatchNorm2d and BatchNorm1d in training: y = scale · (x - mean) / sqrt(var + ε) +
 * shift with the biased variance of the batch. The gradient is the one of Ioffe and Szegedy (2015), with the mean and
 * the variance depending on x.
 */
export function batchNormalisation(
  input: tf.Tensor,
  scale: tf.Tensor,
  shift: tf.Tensor,
  epsilon: number,
): BatchNormalisation {
  const axes = input.shape.slice(0, -1).map((_, axis) => axis)
  const count = input.size / scale.size
  const { mean, variance } = tf.moments(input, axes)
  const inverseDeviation = tf.tidy(() => tf.rsqrt(tf.add(variance, epsilon)))
  const standardised = tf.tidy(() => tf.mul(tf.sub(input, mean), inverseDeviation))
  return {
    output: tf.tidy(() => tf.add(tf.mul(standardised, scale), shift)),
    mean,
    unbiasedVariance: tf.mul(variance, count / (count - 1)),
    gradient: (upstream) => {
      const shiftGradient = tf.sum(upstream, axes)
      const scaleGradient = tf.tidy(() => tf.sum(tf.mul(upstream, standardised), axes))
      const inputGradient = tf.tidy(() => {
        const fromMean = tf.div(shiftGradient, count)
        const fromVariance = tf.mul(standardised, tf.div(scaleGradient, count))
        return tf.mul(tf.sub(tf.sub(upstream, fromMean), fromVariance), tf.mul(scale, inverseDeviation))
      })
      return { input: inputGradient, scale: scaleGradient, shift: shiftGradient }
    },
  }
}

export function normalisation(
  input: tf.Tensor,
  scale: tf.Tensor,
  shift: tf.Tensor,
  { mean, variance }: ChannelStatistics,
  epsilon: number,
): tf.Tensor {
  return tf.tidy(() => {
    const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))
    return tf.add(tf.mul(tf.sub(input, mean), factor), shift)
  })
}
