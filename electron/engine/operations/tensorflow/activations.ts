import * as tf from '@tensorflow/tfjs-core'
import { signOf } from '../binarize.ts'
import type { Operations } from '../operation.ts'
import type { Executor } from './executor.ts'

/** Gradients of activations as single TensorFlow operations, without TF.js's broadcasting of the scalar zero. */
export function fusedActivations(executor: Executor): Pick<Operations, 'binarize' | 'tanh' | 'relu' | 'hardtanh'> {
  const type = [executor.floatType()]
  const select = (condition: tf.Tensor, value: tf.Tensor) =>
    executor.run('SelectV2', type, condition, value, tf.scalar(0))

  return {
    binarize: (input, threshold) => ({
      output: signOf(input),
      gradient: (upstream) => {
        if (threshold === null) return upstream.clone()
        return tf.tidy(() => select(tf.lessEqual(tf.abs(input), threshold), upstream))
      },
    }),
    tanh(input) {
      const output = tf.tanh(input)
      return { output, gradient: (upstream) => executor.run('TanhGrad', type, output, upstream) }
    },
    relu(input) {
      const output = tf.relu(input)
      return { output, gradient: (upstream) => executor.run('ReluGrad', type, upstream, output) }
    },
    hardtanh: (input) => ({
      output: tf.clipByValue(input, -1, 1),
      gradient: (upstream) => tf.tidy(() => select(tf.less(tf.abs(input), 1), upstream)),
    }),
  }
}
