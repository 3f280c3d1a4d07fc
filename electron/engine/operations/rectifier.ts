import * as tf from '@tensorflow/tfjs-core'
import { sumOverRows } from './rows.ts'
import type { RectifierParameters, Rectified } from './operation.ts'

/**
 * PReLU (He et al., 2015), between two shifts where these are given, as ReActNet's RPReLU: y = x - before, times the
 * channel's slope where that is not positive, plus after. As in PyTorch, 0 counts as negative in the gradient.
 */
export function rectifier(input: tf.Tensor, { slope, shifts }: RectifierParameters): Rectified {
  const moved = shifts ? tf.sub(input, shifts.before) : input.clone()
  return {
    output: tf.tidy(() => {
      const rectified = tf.where(tf.greater(moved, 0), moved, tf.mul(moved, slope))
      return shifts ? tf.add(rectified, shifts.after) : rectified
    }),
    gradient(upstream) {
      const isPositive = tf.greater(moved, 0)
      const inputGradient = tf.tidy(() => tf.where(isPositive, upstream, tf.mul(upstream, slope)))
      return {
        input: inputGradient,
        slope: tf.tidy(() => sumOverRows(tf.where(isPositive, tf.scalar(0), tf.mul(upstream, moved)))),
        shifts: shifts && {
          before: tf.tidy(() => tf.neg(sumOverRows(inputGradient))),
          after: sumOverRows(upstream),
        },
      }
    },
  }
}
