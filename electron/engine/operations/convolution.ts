import * as tf from '@tensorflow/tfjs-core'
import type { ConvolutionGeometry, Weighted } from './operation.ts'
import { cropImage, padImage } from './padding.ts'
import { sumOverRows } from './rows.ts'

/** Convolution of an already padded image, without bias. */
export function slideOver(padded: tf.Tensor, weight: tf.Tensor, stride: number): tf.Tensor {
  return tf.conv2d(padded as tf.Tensor4D, weight as tf.Tensor4D, stride, 'valid')
}

const attributes = (stride: number) => ({ strides: [stride, stride], pad: 'valid', dataFormat: 'NHWC' })

export function weightGradient(upstream: tf.Tensor, padded: tf.Tensor, weightShape: number[], stride: number) {
  return tf
    .engine()
    .runKernel<tf.Tensor>(
      tf.Conv2DBackpropFilter,
      { x: padded, dy: upstream },
      { ...attributes(stride), filterShape: weightShape },
    )
}

export function inputGradient(upstream: tf.Tensor, weight: tf.Tensor, paddedShape: number[], stride: number) {
  return tf
    .engine()
    .runKernel<tf.Tensor>(
      tf.Conv2DBackpropInput,
      { dy: upstream, filter: weight },
      { ...attributes(stride), inputShape: paddedShape },
    )
}

/** How a bias is added and its gradient summed; a backend may have faster ways. */
export interface Bias {
  add(sums: tf.Tensor, bias: tf.Tensor): tf.Tensor
  gradient(upstream: tf.Tensor): tf.Tensor
}

export const referenceBias: Bias = {
  add: (sums, bias) => tf.add(sums, bias),
  gradient: sumOverRows,
}

/** Convolution of all input channels: one group. */
export function convolutionWith({ add, gradient }: Bias) {
  return (
    input: tf.Tensor,
    weight: tf.Tensor,
    bias: tf.Tensor | null,
    { stride, padding, paddingValue }: ConvolutionGeometry,
  ): Weighted => {
    const padded = padImage(input, padding, paddingValue)
    return {
      output: tf.tidy(() => {
        const sums = slideOver(padded, weight, stride)
        return bias ? add(sums, bias) : sums
      }),
      gradient: (upstream, wantsInput) => ({
        weight: weightGradient(upstream, padded, weight.shape, stride),
        bias: bias && gradient(upstream),
        input: wantsInput
          ? tf.tidy(() => cropImage(inputGradient(upstream, weight, padded.shape, stride), padding))
          : null,
      }),
    }
  }
}
