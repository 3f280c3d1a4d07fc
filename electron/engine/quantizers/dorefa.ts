import * as tf from '@tensorflow/tfjs-core'
import { pass, passWhere, type TensorQuantizer } from './quantizer.ts'

interface DoReFa {
  readonly bits: number
  readonly gradient: 'identity' | 'derivative'
}

/** Values from 0 to 1 on 2^bits levels; halves go to the even one on every backend. */
function levels(values: tf.Tensor, bits: number): tf.Tensor {
  const steps = 2 ** bits - 1
  return tf.div(tf.round(tf.mul(values, steps)), steps)
}

export const weightDoReFa =
  ({ bits, gradient }: DoReFa): TensorQuantizer =>
  (input) => {
    const squashed = tf.tanh(input)
    const largest = tf.tidy(() => {
      const found = tf.max(tf.abs(squashed))
      // Where all values are 0 any divisor serves.
      return tf.where(tf.greater(found, 0), found, tf.scalar(1))
    })
    return {
      output: tf.tidy(() => {
        const shares = tf.add(tf.div(squashed, tf.mul(largest, 2)), 0.5)
        return tf.sub(tf.mul(levels(shares, bits), 2), 1)
      }),
      gradient:
        gradient === 'identity'
          ? pass
          : (upstream) => tf.tidy(() => tf.mul(upstream, tf.div(tf.sub(1, tf.square(squashed)), largest))),
    }
  }

export const inputDoReFa =
  ({ bits, gradient }: DoReFa): TensorQuantizer =>
  (input) => ({
    output: tf.tidy(() => levels(tf.clipByValue(input, 0, 1), bits)),
    gradient:
      gradient === 'identity'
        ? pass
        : (upstream) =>
            tf.tidy(() => passWhere(tf.logicalAnd(tf.greaterEqual(input, 0), tf.lessEqual(input, 1)), upstream)),
  })
