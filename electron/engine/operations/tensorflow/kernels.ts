import * as tf from '@tensorflow/tfjs-core'
import type { TensorKernels, Window } from '../kernels/tensor-kernels.ts'
import type { ConvolutionGeometry } from '../operation.ts'
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
  /** An operation whose outputs begin with what its gradient asks for and end with the statistics of the batch. */
  const normalisation =
    (name: string, outputs: number): TensorKernels['batchNormalisation'] =>
    (x, scale, shift, epsilon, tanh) => {
      const attributes = [executor.float('epsilon', epsilon), executor.flag('tanh', tanh)]
      const results = executor.runMultiple(name, attributes, [x, scale, shift], outputs)
      const kept = results.slice(0, -3)
      const [mean, variance, unbiasedVariance] = results.slice(-3) as [tf.Tensor, tf.Tensor, tf.Tensor]
      return {
        output: kept[0]!,
        mean,
        unbiasedVariance,
        gradient(upstream) {
          const inputs = [upstream, x, ...kept, scale, mean, variance]
          const [input, dscale, dshift] = executor.runMultiple(`${name}Gradient`, attributes, inputs, 3)
          return { input: input!, scale: dscale!, shift: dshift! }
        },
      }
    }
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

    batchNormalisation: normalisation('SignumBatchNorm', 4),
    pooledBatchNormalisation: normalisation('SignumBatchNormPool', 6),
  }
}
