import * as tf from '@tensorflow/tfjs-core'
import type { LayerData } from './layer-data.ts'
import type { Contender } from './turns.ts'

/** TensorFlow's own float operation for a layer; its backend must be the current one. */
export function tensorflowLayer({ geometry, x, weights }: LayerData): Contender & Disposable {
  const { batch, height, width, inChannels, outChannels, kernelHeight, kernelWidth, stride, padding } = geometry
  const isDense = height * width * kernelHeight * kernelWidth === 1
  const image = isDense ? tf.tensor2d(x, [batch, inChannels]) : tf.tensor4d(x, [batch, height, width, inChannels])
  const filters = isDense
    ? tf.tensor2d(weights, [inChannels, outChannels])
    : tf.tensor4d(weights, [kernelHeight, kernelWidth, inChannels, outChannels])
  const compute = isDense
    ? () => tf.matMul(image, filters)
    : () => tf.conv2d(image as tf.Tensor4D, filters as tf.Tensor4D, stride, padding === 0 ? 'valid' : 'same')
  return {
    run: () => compute().dispose(),
    [Symbol.dispose]() {
      image.dispose()
      filters.dispose()
    },
  }
}
