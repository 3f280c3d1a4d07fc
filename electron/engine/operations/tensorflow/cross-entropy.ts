import * as tf from '@tensorflow/tfjs-core'
import type { Operations } from '../operation.ts'
import type { Executor } from './executor.ts'

/** SparseSoftmaxCrossEntropyWithLogits gives the losses and their gradient at once. */
export function fusedCrossEntropy(executor: Executor): Operations['crossEntropy'] {
  const attributes = [executor.floatType(), executor.int32Type('Tlabels')]
  return (logits, labels) =>
    tf.tidy(() => {
      const [losses, gradient] = executor.runMultiple(
        'SparseSoftmaxCrossEntropyWithLogits',
        attributes,
        [logits, labels],
        2,
      )
      return { losses: losses!, gradient: tf.div(gradient!, logits.shape[0]!) }
    })
}
