import { z } from '../../zod.ts'
import { costOfWeights, FLOAT_WEIGHTS, type LayerCost, type WeightPrecision } from '../cost.ts'
import { defineLayer, requireImage } from '../definition.ts'
import { valuesOf } from '../quantizers/index.ts'
import { widthOf, type Signal } from '../signal.ts'
import * as parameter from './parameters.ts'
import { requireGroups } from './groups.ts'
import { slide, type Window } from './window.ts'

interface Convolution extends Window {
  readonly outChannels: number
  readonly groups: number
}

/** What a convolution is called with its parameter `groups`. */
const GROUPED = 'depthwise grouped separable groups'

/** Shape of a convolution's output; its values are sums, so 32 bits wide. */
function inferConvolution(layer: string, input: Signal, convolution: Convolution): Signal {
  const image = requireImage(layer, input)
  requireGroups(layer, image.channels, convolution)
  const side = slide(layer, image, convolution)
  return { shape: { kind: 'image', ...side, channels: convolution.outChannels }, bits: 32 }
}

function costOfConvolution(
  layer: string,
  input: Signal,
  convolution: Convolution & { readonly bias?: boolean },
  precision: WeightPrecision,
  inputBits: number,
): LayerCost {
  const image = requireImage(layer, input)
  const { height, width } = slide(layer, image, convolution)
  const { kernelSize, outChannels, groups } = convolution
  const weights = kernelSize ** 2 * (image.channels / groups) * outChannels
  const biases = convolution.bias ? outChannels : 0
  const macs = weights * height * width
  return costOfWeights({ weights, biases, outputs: outChannels, macs }, precision, inputBits)
}

export const Conv2d = defineLayer({
  type: 'Conv2d',
  group: 'full precision',
  summary: 'Convolution with 32-bit weights.',
  keywords: GROUPED,
  parameters: {
    outChannels: parameter.outChannels,
    kernelSize: parameter.kernelSize,
    stride: parameter.stride,
    padding: parameter.padding,
    groups: parameter.groups,
    bias: z.boolean().default(true),
  },
  infer: (input, parameters) => inferConvolution('Conv2d', input, parameters),
  cost: (input, parameters) => costOfConvolution('Conv2d', input, parameters, FLOAT_WEIGHTS, 32),
})

const binaryConvolution = {
  outChannels: parameter.outChannels,
  kernelSize: parameter.kernelSize,
  stride: parameter.stride,
  padding: parameter.padding,
  paddingValue: parameter.paddingValue,
  groups: parameter.groups,
  weightQuantizer: parameter.weightQuantizer,
  weightClip: parameter.weightClip,
}

export const QConv2d = defineLayer({
  type: 'QConv2d',
  group: 'binary',
  summary: 'Binarises its input, then convolves it with weights of +1 and -1. Without bias, as in bitorch.',
  keywords: GROUPED,
  parameters: {
    ...binaryConvolution,
    inputQuantizer: parameter.inputQuantizer,
    gradientCancellationThreshold: parameter.gradientCancellationThreshold,
  },
  infer: (input, parameters) => inferConvolution('QConv2d', input, parameters),
  // Zero padding puts a third value between the bits, which XOR cannot hold, but a correction term can (as in LCE).
  cost: (input, parameters) => {
    const { inputQuantizer, weightQuantizer } = parameters
    return costOfConvolution('QConv2d', input, parameters, valuesOf(weightQuantizer), valuesOf(inputQuantizer).bits)
  },
})

export const QConv2dNoAct = defineLayer({
  type: 'QConv2d_NoAct',
  group: 'binary',
  summary: 'Convolution with weights of +1 and -1 that expects an input already binarised by QActivation.',
  keywords: GROUPED,
  parameters: binaryConvolution,
  infer: (input, parameters) => inferConvolution('QConv2d_NoAct', input, parameters),
  cost: (input, parameters) =>
    costOfConvolution('QConv2d_NoAct', input, parameters, valuesOf(parameters.weightQuantizer), widthOf(input)),
})
