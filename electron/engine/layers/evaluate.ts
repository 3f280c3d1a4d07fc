import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer } from './layer.ts'

/** Evaluates layers one after the other, freeing every signal but the first when the next is there. */
export function evaluateInTurn(layers: readonly Layer[], input: Tensor): Tensor {
  let signal = input
  for (const layer of layers) {
    const output = layer.evaluate(signal)
    if (signal !== input) signal.dispose()
    signal = output
  }
  return signal
}
