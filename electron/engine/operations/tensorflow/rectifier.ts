import * as tf from '@tensorflow/tfjs-core'
import type { Operations } from '../operation.ts'
import type { Executor } from './executor.ts'

/** One pass each way; TF.js composes half a dozen forward and a dozen back. */
export function fusedRectifier(executor: Executor): Operations['rectifier'] {
  return (input, { slope, shifts }) => {
    const none = shifts ? null : tf.zerosLike(slope)
    const before = shifts?.before ?? none!
    return {
      output: executor.run('SignumRectifier', [], input, before, slope, shifts?.after ?? none!),
      gradient(upstream) {
        const inputs = [upstream, input, before, slope]
        const [dx, dslope, dbefore, dafter] = executor.runMultiple('SignumRectifierGradient', [], inputs, 4)
        return { input: dx!, slope: dslope!, shifts: shifts && { before: dbefore!, after: dafter! } }
      },
    }
  }
}
