import * as tf from '@tensorflow/tfjs-core'
import { sumOverRows } from './rows.ts'
import type { Operations, Weighted, WeightedGradients } from './operation.ts'
import { cropImage, padImage } from './padding.ts'

type Convolution = Operations['convolution']

/**
 * Convolution in groups by one that knows none: every group of output channels has a convolution of its own with its
 * group of input channels. Weights are [height, width, input / groups, output], as PyTorch's but for the order.
 */
export function groupedConvolutionWith(convolution: Convolution): Convolution {
  return (input, weight, bias, geometry) => {
    const { groups } = geometry
    if (groups === 1) return convolution(input, weight, bias, geometry)
    if (groups === input.shape.at(-1)) return depthwiseConvolution(input, weight, bias, geometry)
    const cut = (tensor: tf.Tensor) => tf.split(tensor, groups, -1)
    const [inputs, weights, biases] = [cut(input), cut(weight), bias && cut(bias)]
    const parts = inputs.map((part, group) =>
      convolution(part, weights[group]!, biases?.[group] ?? null, { ...geometry, groups: 1 }),
    )
    return {
      output: join(parts.map(({ output }) => output)),
      gradient(upstream, wantsInput) {
        const slices = cut(upstream)
        const gradients = parts.map((part, group) => part.gradient(slices[group]!, wantsInput))
        const joined = (name: keyof WeightedGradients) => join(gradients.map((gradient) => gradient[name]!))
        return {
          weight: joined('weight'),
          bias: bias && joined('bias'),
          input: wantsInput ? joined('input') : null,
        }
      },
    }
  }
}

const join = (parts: tf.Tensor[]) => tf.concat(parts, -1)

/** One group a channel, by TF.js's own kernels, whose filters are [height, width, input, output / input]. */
const depthwiseConvolution: Convolution = (input, weight, bias, { stride, padding, paddingValue }): Weighted => {
  const channels = input.shape.at(-1)!
  const [height, width, , outputs] = weight.shape as [number, number, number, number]
  const filterShape = [height, width, channels, outputs / channels]
  const padded = padImage(input, padding, paddingValue)
  const filter = tf.reshape(weight, filterShape)
  const attributes = { strides: [stride, stride], pad: 'valid', dilations: [1, 1], filterShape }
  const run = (kernel: string, inputs: Record<string, tf.Tensor>, options: object) =>
    tf.engine().runKernel<tf.Tensor>(kernel, inputs, { ...attributes, ...options })
  return {
    output: tf.tidy(() => {
      const sums = run(tf.DepthwiseConv2dNative, { x: padded, filter }, {})
      return bias ? tf.add(sums, bias) : sums
    }),
    gradient: (upstream, wantsInput) => ({
      weight: tf.reshape(run(tf.DepthwiseConv2dNativeBackpropFilter, { x: padded, dy: upstream }, {}), weight.shape),
      bias: bias && sumOverRows(upstream),
      input: wantsInput
        ? tf.tidy(() => {
            const options = { inputShape: padded.shape }
            return cropImage(run(tf.DepthwiseConv2dNativeBackpropInput, { dy: upstream, filter }, options), padding)
          })
        : null,
    }),
  }
}
