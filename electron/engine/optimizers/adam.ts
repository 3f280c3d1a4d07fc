import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { AdamMoments, Operations } from '../operations/operation.ts'
import type { StepRate } from '../training/learning-rate.ts'
import type { Optimizer, OptimizerVariable } from './optimizer.ts'
import { zerosLike } from './zeros.ts'

/** PyTorch's defaults. */
const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

export class Adam implements Optimizer {
  readonly type = 'adam'
  readonly variables: readonly OptimizerVariable[]
  steps = 0
  readonly #moments: ReadonlyMap<LayerVariable, AdamMoments>
  readonly #adam: Operations['adam']

  constructor(trainable: readonly LayerVariable[], operations: Pick<Operations, 'adam'>) {
    this.#adam = operations.adam
    this.#moments = new Map(
      trainable.map((weight) => [weight, { first: zerosLike(weight.variable), second: zerosLike(weight.variable) }]),
    )
    this.variables = [...this.#moments].flatMap(([{ name }, { first, second }]) => [
      { name: `${name}.exp_avg`, variable: first },
      { name: `${name}.exp_avg_sq`, variable: second },
    ])
  }

  apply(gradients: Gradients, { learningRate }: StepRate): void {
    this.steps += 1
    const coefficients = { learningRate, beta1: BETA1, beta2: BETA2, epsilon: EPSILON, step: this.steps }
    for (const [weight, gradient] of gradients) {
      this.#adam(weight.variable, gradient, this.#moments.get(weight)!, coefficients, weight.clip)
    }
  }

  dispose(): void {
    for (const { variable } of this.variables) variable.dispose()
  }
}
