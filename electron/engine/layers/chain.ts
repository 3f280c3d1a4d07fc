import type { Gradients, Layer, Pass } from './layer.ts'

/** Two layers as one, such as a QActivation and the binary convolution that contains it. */
export function chain(first: Layer, second: Layer): Layer {
  return {
    id: second.id,
    variables: [...first.variables, ...second.variables],
    evaluate: (input) => second.evaluate(first.evaluate(input)),
    train(input): Pass {
      const inner = first.train(input)
      const outer = second.train(inner.output)
      return {
        output: outer.output,
        backward(upstream, gradients: Gradients, wantsInput) {
          const between = outer.backward(upstream, gradients, wantsInput)
          return between && inner.backward(between, gradients, wantsInput)
        },
      }
    },
  }
}
