import type { QuantizerValue } from '../quantizers/index.ts'
import type { LayerSpecOf } from '../spec.ts'
import { call, type Arguments } from './call.ts'
import { quantizerArgument } from './quantizers.ts'

/** What bitorch's layers are told of how they binarise their input. */
export function binaryOptions(layer: LayerSpecOf<'QConv2d' | 'QLinear'>): Arguments {
  return {
    input_quantization: quantizerArgument(layer.inputQuantizer),
    gradient_cancellation_threshold: threshold(layer.gradientCancellationThreshold),
  }
}

export function activation(quantizer: QuantizerValue, cancellation: number | null): string {
  return call('QActivation', [], {
    activation: quantizerArgument(quantizer),
    gradient_cancellation_threshold: threshold(cancellation),
  })
}

/** bitorch cannot switch cancellation off, but no value lies beyond infinity. Its default is 1. */
function threshold(value: number | null): string | number | undefined {
  return value === null ? 'float("inf")' : value === 1 ? undefined : value
}
