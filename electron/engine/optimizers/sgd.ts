import * as tf from '@tensorflow/tfjs-core'
import type { Gradients } from '../layers/layer.ts'
import type { Optimizer } from './optimizer.ts'

/** Stochastic gradient descent without momentum, as PyTorch's SGD by default. */
export class StochasticGradientDescent implements Optimizer {
  readonly type = 'sgd'
  readonly variables = []
  steps = 0
  readonly #learningRate: number

  constructor(learningRate: number) {
    this.#learningRate = learningRate
  }

  apply(gradients: Gradients): void {
    this.steps += 1
    for (const [{ variable }, gradient] of gradients) {
      variable.assign(tf.sub(variable, tf.mul(gradient, this.#learningRate)))
    }
  }

  dispose(): void {
    // It keeps nothing.
  }
}
