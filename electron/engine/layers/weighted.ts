import type { Tensor } from '@tensorflow/tfjs-core'
import type { Weighted } from '../operations/operation.ts'
import type { Layer, LayerVariable, Pass } from './layer.ts'

/** A layer that is one operation on its input, a weight and perhaps a bias, or another one where it is evaluated. */
export function weightedLayer(
  id: string,
  weight: LayerVariable,
  bias: LayerVariable | null,
  operation: (input: Tensor) => Weighted,
  evaluation = operation,
): Layer {
  return {
    id,
    variables: bias ? [weight, bias] : [weight],
    evaluate: (input) => evaluation(input).output,
    train(input): Pass {
      const { output, gradient } = operation(input)
      return {
        output,
        backward(upstream, gradients, wantsInput) {
          const result = gradient(upstream, wantsInput)
          gradients.set(weight, result.weight)
          if (bias && result.bias) gradients.set(bias, result.bias)
          return result.input
        },
      }
    },
  }
}
