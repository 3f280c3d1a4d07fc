import * as tf from '@tensorflow/tfjs-core'
import { slopeWidth } from '#shared/model/quantizers/progressive-sign.ts'
import { signOf } from '../operations/binarize.ts'
import { pass, type TensorQuantizer } from './quantizer.ts'

export const progressiveSign =
  (parameters: { readonly alpha: number; readonly beta: number }): TensorQuantizer =>
  (input, progress) => ({
    output:
      progress === null
        ? signOf(input)
        : tf.tidy(() => tf.clipByValue(tf.div(input, slopeWidth(progress, parameters)), -1, 1)),
    gradient: pass,
  })
