import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer, Pass, Watch } from './layer.ts'

/**
 * Evaluates layers one after the other, freeing every signal but the first when the next is there.
 *
 * @param watch is told of each of them, and of what it holds before it.
 */
export function evaluateInTurn(layers: readonly Layer[], input: Tensor, watch?: Watch): Tensor {
  let signal = input
  for (const layer of layers) {
    const output = layer.evaluate(signal, watch)
    watch?.(layer, output)
    if (signal !== input) signal.dispose()
    signal = output
  }
  return signal
}

/**
 * Trains layers one after the other. The way back frees each activation between them when its last reader is done, so
 * the peak stays near one forward pass; what enters and leaves the whole row stays its caller's. Without layers the
 * input is the output and the gradient passes as it is.
 */
export function trainInTurn(layers: readonly Layer[], input: Tensor): Pass {
  const passes: Pass[] = []
  let signal = input
  for (const layer of layers) {
    const pass = layer.train(signal)
    passes.push(pass)
    signal = pass.output
  }
  return {
    output: signal,
    backward(upstream, gradients, wantsInput) {
      // Nothing before the first weights needs a gradient, unless the caller wants that of the input.
      const last = wantsInput ? 0 : layers.findIndex((layer) => layer.variables.some(({ trainable }) => trainable))
      if (last < 0) return null
      let gradient: Tensor | null = upstream
      for (let index = layers.length - 1; index >= last && gradient; index--) {
        const pass: Pass = passes[index]!
        const next: Tensor | null = pass.backward(gradient, gradients, wantsInput || index > last)
        if (gradient !== upstream) gradient.dispose()
        if (pass.output !== signal) pass.output.dispose()
        gradient = next
      }
      return gradient
    },
  }
}
