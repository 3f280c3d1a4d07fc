import * as tf from '@tensorflow/tfjs-core'
import { signOf } from '../operations/binarize.ts'
import { pass, passWhere, within, type TensorQuantizer } from './quantizer.ts'

/** The scale belongs to the last axis: the output channels of weights. */
export const magnitudeAwareSign =
  (clip: number | null): TensorQuantizer =>
  (input) => {
    const axes = input.shape.slice(0, -1).map((_, axis) => axis)
    const scale = tf.tidy(() => tf.mean(tf.abs(input), axes))
    return {
      output: tf.tidy(() => tf.mul(scale, signOf(input))),
      gradient: (upstream) =>
        tf.tidy(() => (clip === null ? tf.mul(upstream, scale) : passWhere(within(input, clip), upstream, scale))),
    }
  }

/** `threshold` is null where 0.7 times the mean magnitude takes its place. */
export const steTern =
  (threshold: number | null, clip: number | null): TensorQuantizer =>
  (input) => ({
    output: tf.tidy(() => {
      const clamped = clip === null ? input : tf.clipByValue(input, -clip, clip)
      const bound = threshold ?? tf.mul(tf.mean(tf.abs(clamped)), 0.7)
      return tf.sign(tf.add(tf.sign(tf.add(clamped, bound)), tf.sign(tf.sub(clamped, bound))))
    }),
    gradient: clip === null ? pass : (upstream) => tf.tidy(() => passWhere(within(input, clip), upstream)),
  })
