import * as tf from '@tensorflow/tfjs-core'
import type { DescentCoefficients } from './operation.ts'

/**
 * One step of gradient descent as PyTorch's SGD: velocity = momentum · velocity + gradient, and the weight moves
 * against the velocity, or with Nesterov's momentum against gradient + momentum · velocity.
 */
export function descend(
  weight: tf.Variable,
  gradient: tf.Tensor,
  velocity: tf.Variable | null,
  { learningRate, momentum, nesterov }: DescentCoefficients,
): void {
  tf.tidy(() => {
    if (velocity) velocity.assign(tf.add(tf.mul(velocity, momentum), gradient))
    const looksAhead = velocity && nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : null
    weight.assign(tf.sub(weight, tf.mul(looksAhead ?? velocity ?? gradient, learningRate)))
  })
}
