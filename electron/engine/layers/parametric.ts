import type { Tensor } from '@tensorflow/tfjs-core'
import type { Differentiable } from '../operations/operation.ts'
import type { Layer, LayerVariable } from './layer.ts'

interface ParametricGradients {
  readonly input: Tensor
  /** In the order of the layer's variables. */
  readonly variables: readonly Tensor[]
}

/** A layer with variables of its own that does the same in training and in evaluation. */
export function parametricLayer(
  id: string,
  variables: readonly LayerVariable[],
  operation: (input: Tensor) => Differentiable<ParametricGradients>,
): Layer {
  return {
    id,
    variables,
    evaluate: (input) => operation(input).output,
    train(input) {
      const { output, gradient } = operation(input)
      return {
        output,
        backward(upstream, gradients, wantsInput) {
          const found = gradient(upstream)
          for (const [index, variable] of variables.entries()) gradients.set(variable, found.variables[index]!)
          return wantsInput ? found.input : null
        },
      }
    },
  }
}
