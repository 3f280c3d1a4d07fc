import type * as tf from '@tensorflow/tfjs-core'
import type { OptimizerType } from '#shared/model/optimizers.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { Operations } from '../operations/operation.ts'
import type { StepRate } from '../training/learning-rate.ts'
import { Adam } from './adam.ts'
import { AdamW } from './adamw.ts'
import { Bop } from './bop.ts'
import { StochasticGradientDescent } from './sgd.ts'

/** A tensor of the optimiser's own, under the name checkpoints give it. */
export interface OptimizerVariable {
  readonly name: string
  readonly variable: tf.Variable
}

/** Moves trainable variables against their gradients and keeps them within their clips. Own it: `dispose` frees its variables. */
export interface Optimizer {
  readonly type: OptimizerType
  readonly variables: readonly OptimizerVariable[]
  /** Updates done so far; set when a checkpoint is restored. */
  steps: number
  /** Runs inside the caller's `tf.tidy`. */
  apply(gradients: Gradients, rate: StepRate): void
  dispose(): void
}

/** The optimiser that the settings name, for the trainable ones of a network's variables. */
export function createOptimizer(
  { optimizer }: Pick<TrainingSettings, 'optimizer'>,
  variables: readonly LayerVariable[],
  operations: Operations,
): Optimizer {
  const trainable = variables.filter((variable) => variable.trainable)
  switch (optimizer.type) {
    case 'adam':
      return new Adam(trainable, operations)
    case 'adamw':
      return new AdamW(trainable, optimizer.weightDecay, operations)
    case 'sgd':
      return new StochasticGradientDescent(trainable, optimizer, operations)
    case 'bop':
      return new Bop(trainable, optimizer, operations)
  }
}
