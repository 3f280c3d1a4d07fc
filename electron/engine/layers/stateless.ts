import type { Tensor } from '@tensorflow/tfjs-core'
import type { Differentiable } from '../operations/operation.ts'
import type { Layer } from './layer.ts'

/** A layer without variables that does the same in training and in evaluation. */
export function statelessLayer(id: string, operation: (input: Tensor) => Differentiable<Tensor>): Layer {
  return {
    id,
    variables: [],
    train(input) {
      const { output, gradient } = operation(input)
      return { output, backward: (upstream, _gradients, wantsInput) => (wantsInput ? gradient(upstream) : null) }
    },
    evaluate: (input) => operation(input).output,
  }
}
