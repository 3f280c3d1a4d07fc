import * as tf from '@tensorflow/tfjs-core'
import type { ChannelStatistics, Operations } from '../operation.ts'
import type { Executor } from './executor.ts'

/** TensorFlow's kernel wants images; a row of features is an image of one pixel. */
function asImage(input: tf.Tensor): tf.Tensor {
  if (input.rank === 4) return input.clone()
  const [count, features] = input.shape as [number, number]
  return tf.reshape(input, [count, 1, 1, features])
}

/**
 * Batch normalisation by FusedBatchNormV3 and its gradient: two passes over the data instead of a dozen.
 *
 * With training on, its second output is the mean and the third the variance divided by count - 1; the last three go to
 * the gradient as they come.
 */
export function fusedBatchNormalisation(executor: Executor): Pick<Operations, 'batchNormalisation' | 'normalisation'> {
  const layout = executor.text('data_format', 'NHWC')
  const types = [executor.floatType('T'), executor.floatType('U')]
  const fused = (image: tf.Tensor, channels: tf.Tensor[], epsilon: number, training: boolean) =>
    executor.runMultiple(
      'FusedBatchNormV3',
      [...types, executor.float('epsilon', epsilon), layout, executor.flag('is_training', training)],
      [image, ...channels],
      6,
    )

  return {
    batchNormalisation(input, scale, shift, epsilon) {
      const image = asImage(input)
      const none = tf.tensor1d([], 'float32')
      const [output, mean, unbiasedVariance, ...reserved] = fused(image, [scale, shift, none, none], epsilon, true)
      return {
        output: tf.reshape(output!, input.shape),
        mean: mean!,
        unbiasedVariance: unbiasedVariance!,
        gradient: (upstream) => {
          const [inputGradient, scaleGradient, shiftGradient] = executor.runMultiple(
            'FusedBatchNormGradV3',
            [...types, executor.float('epsilon', epsilon), layout, executor.flag('is_training', true)],
            [asImage(upstream), image, scale, ...reserved],
            5,
          )
          return {
            input: tf.reshape(inputGradient!, input.shape),
            scale: scaleGradient!,
            shift: shiftGradient!,
          }
        },
      }
    },

    normalisation(input, scale, shift, { mean, variance }: ChannelStatistics, epsilon) {
      return tf.tidy(() => {
        const [output] = fused(asImage(input), [scale, shift, mean, variance], epsilon, false)
        return tf.reshape(output!, input.shape)
      })
    },
  }
}
