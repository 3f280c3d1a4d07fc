import * as tf from '@tensorflow/tfjs-core'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { Operations } from '../operations/operation.ts'
import type { StepRate } from '../training/learning-rate.ts'
import { Adam } from './adam.ts'
import type { Optimizer, OptimizerVariable } from './optimizer.ts'

/**
 * Adam with decoupled weight decay, as PyTorch's AdamW: weights shrink by learning rate × decay before Adam's step.
 *
 * Only the 32-bit weights of convolutions and dense layers decay. Batch normalisation and biases do not, as is usual:
 * they are few and nothing overfits by their size. Neither do latent weights of binary layers: only their sign is
 * used, so shrinking them regularises nothing and merely lets them flip more readily.
 */
export class AdamW implements Optimizer {
  readonly type = 'adamw'
  readonly variables: readonly OptimizerVariable[]
  readonly #adam: Adam
  readonly #decay: number

  constructor(trainable: readonly LayerVariable[], decay: number, operations: Pick<Operations, 'adam'>) {
    this.#adam = new Adam(trainable, operations)
    this.#decay = decay
    this.variables = this.#adam.variables
  }

  get steps(): number {
    return this.#adam.steps
  }

  set steps(steps: number) {
    this.#adam.steps = steps
  }

  apply(gradients: Gradients, rate: StepRate): void {
    const kept = 1 - rate.learningRate * this.#decay
    for (const { variable } of [...gradients.keys()].filter(decays)) variable.assign(tf.mul(variable, kept))
    this.#adam.apply(gradients, rate)
  }

  dispose(): void {
    this.#adam.dispose()
  }
}

/** Scales, shifts and biases are vectors. */
function decays({ binary, variable }: LayerVariable): boolean {
  return !binary && variable.rank > 1
}
