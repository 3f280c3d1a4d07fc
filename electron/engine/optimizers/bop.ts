import * as tf from '@tensorflow/tfjs-core'
import type { OptimizerSettings } from '#shared/model/optimizers.ts'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import { signOf } from '../operations/binarize.ts'
import type { Operations } from '../operations/operation.ts'
import type { StepRate } from '../training/learning-rate.ts'
import { Adam } from './adam.ts'
import type { Optimizer, OptimizerVariable } from './optimizer.ts'
import { zerosLike } from './zeros.ts'

type Settings = Extract<OptimizerSettings, { type: 'bop' }>

/**
 * The binary optimiser of Helwegen et al. (2019) for binary weights, Adam for all others.
 *
 * Under Bop there are no latent weights: what a binary layer holds is +1 or -1, and flips when the moving average of
 * its gradient has pushed against it by more than the threshold. The average is what checkpoints keep beside it. As in
 * the paper, the schedule of the learning rate scales gamma too.
 */
export class Bop implements Optimizer {
  readonly type = 'bop'
  readonly variables: readonly OptimizerVariable[]
  readonly #averages: ReadonlyMap<LayerVariable, OptimizerVariable>
  readonly #adam: Adam
  readonly #settings: Settings
  readonly #flip: Operations['flip']

  constructor(trainable: readonly LayerVariable[], settings: Settings, operations: Pick<Operations, 'adam' | 'flip'>) {
    const binary = trainable.filter((weight) => weight.binary)
    this.#settings = settings
    this.#flip = operations.flip
    this.#adam = new Adam(
      trainable.filter((weight) => !weight.binary),
      operations,
    )
    this.#averages = new Map(
      binary.map((weight) => [weight, { name: `${weight.name}.average`, variable: zerosLike(weight.variable) }]),
    )
    this.variables = [...this.#averages.values(), ...this.#adam.variables]
    // Drawn as latent weights, they begin as the signs of these.
    for (const { variable } of binary) tf.tidy(() => variable.assign(signOf(variable)))
  }

  get steps(): number {
    return this.#adam.steps
  }

  set steps(steps: number) {
    this.#adam.steps = steps
  }

  apply(gradients: Gradients, rate: StepRate): void {
    const { gamma, threshold } = this.#settings
    const others: Gradients = new Map()
    for (const [weight, gradient] of gradients) {
      const average = this.#averages.get(weight)?.variable
      if (average) this.#flip(weight.variable, gradient, average, { gamma: gamma * rate.factor, threshold })
      else others.set(weight, gradient)
    }
    this.#adam.apply(others, rate)
  }

  dispose(): void {
    for (const { variable } of this.#averages.values()) variable.dispose()
    this.#adam.dispose()
  }
}
