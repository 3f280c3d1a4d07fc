import * as tf from '@tensorflow/tfjs-core'
import type { CrossEntropy } from './operation.ts'

/** Softmax cross-entropy on logits, as PyTorch's CrossEntropyLoss with the mean over the batch. */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): CrossEntropy {
  const [count, classes] = logits.shape as [number, number]
  return tf.tidy(() => {
    const expected = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), 'float32')
    const logProbabilities = tf.logSoftmax(logits)
    return {
      losses: tf.neg(tf.sum(tf.mul(expected, logProbabilities), 1)),
      gradient: tf.div(tf.sub(tf.exp(logProbabilities), expected), count),
    }
  })
}
