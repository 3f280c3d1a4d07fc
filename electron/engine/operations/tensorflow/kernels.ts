import * as tf from '@tensorflow/tfjs-core'
import type { TensorKernels, Window } from '../kernels/tensor-kernels.ts'
import type { BatchNormalisation, ConvolutionGeometry } from '../operation.ts'
import { fusedBias } from './bias.ts'
import type { Executor } from './executor.ts'

/** Our kernels as the operations that electron/native/tensorflow adds to TensorFlow. */
export function tensorflowKernels(executor: Executor): TensorKernels {
  const window = ({ stride, padding }: Window) => [
    executor.integer('stride', stride),
    executor.integer('dilation', 1),
    executor.integer('padding', padding),
  ]
  const filled = (geometry: ConvolutionGeometry) => [
    ...window(geometry),
    executor.integer('padding_value', geometry.paddingValue),
  ]
  const normalised = (epsilon: number, tanh: boolean) => [
    executor.float('epsilon', epsilon),
    executor.flag('tanh', tanh),
  ]
  const { add: addBias } = fusedBias(executor)

  return {
    convolution: (x, weight, bias, geometry) =>
      tf.tidy(() => executor.run('SignumConvolution', window(geometry), x, weight, bias ?? tf.tensor1d([], 'float32'))),
    convolutionInputGradient: (dy, weight, x, geometry) =>
      executor.run('SignumConvolutionInputGradient', window(geometry), dy, weight, x),
    convolutionWeightGradient: (x, dy, weight, geometry) =>
      executor.run('SignumConvolutionWeightGradient', window(geometry), x, dy, weight),
    biasGradient: (dy) => executor.run('SignumBiasGradient', [], dy),

    binaryConvolution: (x, weight, bias, geometry) =>
      tf.tidy(() => {
        const sums = executor.run('SignumBinaryConvolution', filled(geometry), x, weight)
        return bias ? addBias(sums, bias) : sums
      }),
    binaryConvolutionInputGradient: (dy, weight, x, geometry, threshold) =>
      executor.run(
        'SignumBinaryConvolutionInputGradient',
        [...window(geometry), executor.float('threshold', threshold ?? -1)],
        dy,
        weight,
        x,
      ),
    binaryConvolutionWeightGradient: (x, dy, weight, geometry) =>
      executor.run('SignumBinaryConvolutionWeightGradient', filled(geometry), x, dy, weight),

    batchNormalisation(x, scale, shift, epsilon, tanh): BatchNormalisation {
      const attributes = normalised(epsilon, tanh)
      const [output, mean, variance, unbiased] = executor.runMultiple(
        'SignumBatchNorm',
        attributes,
        [x, scale, shift],
        4,
      )
      return {
        output: output!,
        mean: mean!,
        unbiasedVariance: unbiased!,
        gradient: (upstream) =>
          named(
            executor.runMultiple(
              'SignumBatchNormGradient',
              attributes,
              [upstream, x, output!, scale, mean!, variance!],
              3,
            ),
          ),
      }
    },

    pooledBatchNormalisation(x, scale, shift, epsilon, tanh): BatchNormalisation {
      const attributes = normalised(epsilon, tanh)
      const [output, choice, chosen, mean, variance, unbiased] = executor.runMultiple(
        'SignumBatchNormPool',
        attributes,
        [x, scale, shift],
        6,
      )
      return {
        output: output!,
        mean: mean!,
        unbiasedVariance: unbiased!,
        gradient: (upstream) =>
          named(
            executor.runMultiple(
              'SignumBatchNormPoolGradient',
              attributes,
              [upstream, x, output!, choice!, chosen!, scale, mean!, variance!],
              3,
            ),
          ),
      }
    },
  }
}

function named([input, scale, shift]: tf.Tensor[]) {
  return { input: input!, scale: scale!, shift: shift! }
}
