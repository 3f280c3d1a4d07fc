import * as tf from '@tensorflow/tfjs-core'
import type { Differentiable, PoolingGeometry } from './operation.ts'
import { cropImage, padImage } from './padding.ts'

const attributes = ({ kernelSize, stride }: PoolingGeometry) => ({
  filterSize: [kernelSize, kernelSize],
  strides: [stride, stride],
  pad: 'valid',
})

/** Padding is less than any value. Of equal values the first in reading order takes the gradient, as in PyTorch. */
export function maxPooling(input: tf.Tensor, geometry: PoolingGeometry): Differentiable<tf.Tensor> {
  const { kernelSize, stride, padding } = geometry
  const padded = padImage(input, padding, -Infinity)
  const output = tf.maxPool(padded as tf.Tensor4D, kernelSize, stride, 'valid')
  return {
    output,
    gradient: (upstream) =>
      tf.tidy(() => {
        const inputs = { dy: upstream, input: padded, output }
        return cropImage(tf.engine().runKernel<tf.Tensor>(tf.MaxPoolGrad, inputs, attributes(geometry)), padding)
      }),
  }
}

export function globalAveragePooling(input: tf.Tensor): Differentiable<tf.Tensor> {
  const [count, height, width, channels] = input.shape as [number, number, number, number]
  return {
    output: tf.mean(input, [1, 2]),
    gradient: (upstream) =>
      tf.tidy(() => {
        const share = tf.reshape(tf.div(upstream, height * width), [count, 1, 1, channels])
        return tf.tile(share, [1, height, width, 1])
      }),
  }
}

/** Padding counts as zeros, as PyTorch's count_include_pad. */
export function averagePooling(input: tf.Tensor, geometry: PoolingGeometry): Differentiable<tf.Tensor> {
  const { kernelSize, stride, padding } = geometry
  const padded = padImage(input, padding, 0)
  return {
    output: tf.avgPool(padded as tf.Tensor4D, kernelSize, stride, 'valid'),
    gradient: (upstream) =>
      tf.tidy(() => {
        const inputs = { dy: upstream, input: padded }
        return cropImage(tf.engine().runKernel<tf.Tensor>(tf.AvgPoolGrad, inputs, attributes(geometry)), padding)
      }),
  }
}
