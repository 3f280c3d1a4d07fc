import * as tf from '@tensorflow/tfjs-core'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { Operations } from '../operations/operation.ts'
import { Adam } from './adam.ts'
import { StochasticGradientDescent } from './sgd.ts'

/** A tensor of the optimiser's own, under the name checkpoints give it. */
export interface OptimizerVariable {
  readonly name: string
  readonly variable: tf.Variable
}

/** Moves trainable variables against their gradients. Own it: `dispose` frees its variables. */
export interface Optimizer {
  readonly type: TrainingSettings['optimizer']
  readonly variables: readonly OptimizerVariable[]
  /** Updates done so far; set when a checkpoint is restored. */
  steps: number
  /** Runs inside the caller's `tf.tidy`. */
  apply(gradients: Gradients): void
  dispose(): void
}

export function createOptimizer(
  { optimizer, learningRate }: Pick<TrainingSettings, 'optimizer' | 'learningRate'>,
  variables: readonly LayerVariable[],
  operations: Operations,
): Optimizer {
  const trainable = variables.filter((variable) => variable.trainable)
  return optimizer === 'adam'
    ? new Adam(trainable, learningRate, operations)
    : new StochasticGradientDescent(learningRate)
}
