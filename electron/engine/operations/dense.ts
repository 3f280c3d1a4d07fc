import * as tf from '@tensorflow/tfjs-core'
import { signOf } from './binarize.ts'
import type { Bias } from './convolution.ts'
import type { Operations, Weighted } from './operation.ts'

export function denseWith({ add, gradient }: Bias) {
  return (input: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null): Weighted => ({
    output: tf.tidy(() => {
      const sums = tf.matMul(input, weight)
      return bias ? add(sums, bias) : sums
    }),
    gradient: (upstream, wantsInput) => ({
      weight: tf.matMul(input, upstream, true, false),
      bias: bias && gradient(upstream),
      input: wantsInput ? tf.matMul(upstream, weight, false, true) : null,
    }),
  })
}

/** Dense layer with sign(latent); the gradient of the binary weight is the gradient of the latent one. */
export function binaryDenseWith(dense: Operations['dense']) {
  return (input: tf.Tensor, latent: tf.Tensor, bias: tf.Tensor | null): Weighted => dense(input, signOf(latent), bias)
}
