import * as tf from '@tensorflow/tfjs-core'
import { signOf } from '../operations/binarize.ts'
import { pass, passWhere, within, type TensorQuantizer } from './quantizer.ts'

export const sign: TensorQuantizer = (input) => ({ output: signOf(input), gradient: pass })

export const approxSign: TensorQuantizer = (input) => ({
  output: signOf(input),
  gradient: (upstream) => tf.tidy(() => passWhere(within(input, 1), upstream, tf.sub(2, tf.mul(2, tf.abs(input))))),
})

/** Beyond this |β·x| the gradient is less than any float32. */
const NO_GRADIENT = 100

/**
 * With e = exp(-|β·x|) the closed form is 2β·e·(2 - |β·x|·(1 - e) / (1 + e)) / (1 + e)²: cosh would overflow a float32 and
 * leave no number.
 */
export const swishSign =
  (beta: number): TensorQuantizer =>
  (input) => ({
    output: signOf(input),
    gradient: (upstream) =>
      tf.tidy(() => {
        const z = tf.minimum(tf.mul(tf.abs(input), beta), NO_GRADIENT)
        const e = tf.exp(tf.neg(z))
        const rise = tf.add(1, e)
        const slope = tf.sub(2, tf.div(tf.mul(z, tf.sub(1, e)), rise))
        return tf.mul(upstream, tf.div(tf.mul(tf.mul(e, 2 * beta), slope), tf.square(rise)))
      }),
  })

export const steHeaviside =
  (low: number): TensorQuantizer =>
  (input) => ({
    output: tf.tidy(() => tf.where(tf.greater(input, 0), tf.scalar(1), tf.scalar(low))),
    gradient: (upstream) => tf.tidy(() => passWhere(within(input, 1), upstream)),
  })
