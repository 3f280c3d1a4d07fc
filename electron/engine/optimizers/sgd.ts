import * as tf from '@tensorflow/tfjs-core'
import type { OptimizerSettings } from '#shared/model/optimizers.ts'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { Operations } from '../operations/operation.ts'
import type { StepRate } from '../training/learning-rate.ts'
import type { Optimizer, OptimizerVariable } from './optimizer.ts'
import { zerosLike } from './zeros.ts'

type Settings = Extract<OptimizerSettings, { type: 'sgd' }>

/** Stochastic gradient descent, with momentum as PyTorch's SGD; without it, it keeps nothing. */
export class StochasticGradientDescent implements Optimizer {
  readonly type = 'sgd'
  readonly variables: readonly OptimizerVariable[]
  steps = 0
  readonly #velocities: ReadonlyMap<LayerVariable, OptimizerVariable>
  readonly #settings: Settings
  readonly #descend: Operations['descend']

  constructor(trainable: readonly LayerVariable[], settings: Settings, operations: Pick<Operations, 'descend'>) {
    const moving = settings.momentum > 0 ? trainable : []
    this.#settings = settings
    this.#descend = operations.descend
    this.#velocities = new Map(
      moving.map((weight) => [
        weight,
        { name: `${weight.name}.momentum_buffer`, variable: zerosLike(weight.variable) },
      ]),
    )
    this.variables = [...this.#velocities.values()]
  }

  apply(gradients: Gradients, { learningRate }: StepRate): void {
    this.steps += 1
    const { momentum, nesterov } = this.#settings
    for (const [weight, gradient] of gradients) {
      const velocity = this.#velocities.get(weight)?.variable ?? null
      this.#descend(weight.variable, gradient, velocity, { learningRate, momentum, nesterov })
      clip(weight)
    }
  }

  dispose(): void {
    for (const { variable } of this.variables) variable.dispose()
  }
}

function clip({ variable, clip }: LayerVariable): void {
  if (clip !== null) tf.tidy(() => variable.assign(tf.clipByValue(variable, -clip, clip)))
}
