import type { TrainingSettings } from '#shared/model/training.ts'
import type { LayerVariable } from '../layers/layer.ts'
import type { Operations } from '../operations/operation.ts'
import { Adam } from './adam.ts'
import { AdamW } from './adamw.ts'
import { Bop } from './bop.ts'
import type { Optimizer } from './optimizer.ts'
import { StochasticGradientDescent } from './sgd.ts'

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
