import type * as tf from '@tensorflow/tfjs-core'
import type { OptimizerType } from '#shared/model/optimizers.ts'
import type { Gradients } from '../layers/layer.ts'
import type { StepRate } from '../training/learning-rate.ts'

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
