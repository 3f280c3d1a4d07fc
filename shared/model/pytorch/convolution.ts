import type { Signal } from '../signal.ts'
import type { LayerSpecOf } from '../spec.ts'
import { call, countOf, type Arguments } from './call.ts'
import { activation, binaryOptions } from './binary.ts'
import { quantizerArgument } from './quantizers.ts'

type BinaryConvolution = LayerSpecOf<'QConv2d' | 'QConv2d_NoAct'>

/** The positional arguments that `nn.Conv2d` and bitorch's convolutions share. */
export function window(layer: LayerSpecOf<'Conv2d'> | BinaryConvolution, input: Signal): (number | string)[] {
  const { outChannels, kernelSize, stride, padding, groups } = layer
  return [
    countOf(input),
    outChannels,
    `kernel_size=${kernelSize}`,
    ...(stride === 1 ? [] : [`stride=${stride}`]),
    ...(padding === 0 ? [] : [`padding=${padding}`]),
    ...(groups === 1 ? [] : [`groups=${groups}`]),
  ]
}

/**
 * bitorch reads a padding value of 0 as "not given" and takes -1, so zeros are padded by a module of their own, which
 * has to stand behind the sign.
 */
export function binaryConvolution(layer: BinaryConvolution, input: Signal): readonly string[] {
  const padsZeros = layer.padding > 0 && layer.paddingValue === 0
  const own: Arguments = {
    weight_quantization: quantizerArgument(layer.weightQuantizer),
    pad_value: layer.padding > 0 && layer.paddingValue === 1 ? 1 : undefined,
  }
  if (layer.type === 'QConv2d' && !padsZeros) {
    return [call('QConv2d', window(layer, input), { ...binaryOptions(layer), ...own })]
  }
  const before = layer.type === 'QConv2d' ? [activation(layer.inputQuantizer, layer.gradientCancellationThreshold)] : []
  const zeros = padsZeros ? [call('nn.ZeroPad2d', [layer.padding])] : []
  const inner = padsZeros ? { ...layer, padding: 0 } : layer
  return [...before, ...zeros, call('QConv2d_NoAct', window(inner, input), own)]
}
