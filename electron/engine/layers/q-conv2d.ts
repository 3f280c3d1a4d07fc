import type { Tensor } from '@tensorflow/tfjs-core'
import { requireImage } from '#shared/model/definition.ts'
import type { QuantizedValues } from '#shared/model/quantizers/definition.ts'
import { valuesOf } from '#shared/model/quantizers/index.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { ConvolutionGeometry, Weighted } from '../operations/operation.ts'
import { onQuantizedWeights } from '../quantizers/weights.ts'
import { chain } from './chain.ts'
import { xavierNormal } from './initialisation.ts'
import { layerVariable, type Layer, type LayerBuilder, type LayerTools } from './layer.ts'
import { quantizingLayer } from './quantizing.ts'
import { weightedLayer } from './weighted.ts'

type OnImages = (image: Tensor, latent: Tensor, geometry: ConvolutionGeometry) => Weighted
type BinaryConvolutionSpec = LayerSpecOf<'QConv2d'> | LayerSpecOf<'QConv2d_NoAct'>

/** A convolution with quantized weights by an operation on the image and the latent weights, and one to evaluate by. */
export function binaryWeightsLayer(
  spec: BinaryConvolutionSpec,
  input: Signal,
  { random }: LayerTools,
  operation: OnImages,
  evaluation: OnImages = operation,
): Layer {
  const { kernelSize, outChannels, stride, padding, paddingValue, groups, weightClip } = spec
  const channels = requireImage(spec.type, input).channels / groups
  const area = kernelSize ** 2
  const weight = layerVariable(
    `${spec.id}.weight`,
    xavierNormal(random.weights, area * channels * outChannels, area * channels, area * outChannels),
    [kernelSize, kernelSize, channels, outChannels],
    { clip: weightClip, binary: valuesOf(spec.weightQuantizer).signs !== 'never' },
  )
  const geometry = { stride, padding, paddingValue, groups }
  return weightedLayer(
    spec.id,
    weight,
    null,
    (image) => operation(image, weight.variable, geometry),
    (image) => evaluation(image, weight.variable, geometry),
  )
}

/** @param signs when what enters is nothing but +1 and -1. */
function quantizedWeightsLayer(
  spec: BinaryConvolutionSpec,
  input: Signal,
  tools: LayerTools,
  signs: QuantizedValues['signs'],
): Layer {
  const { binaryConvolution, convolution } = tools.operations
  const operation = (progress: number | null, geometry: ConvolutionGeometry) =>
    onQuantizedWeights(spec.weightQuantizer, signs, {
      binary: (image, weights) => binaryConvolution(image, weights, geometry),
      float: (image, weights) => convolution(image, weights, null, geometry),
    })(progress)
  return binaryWeightsLayer(
    spec,
    input,
    tools,
    (image, latent, geometry) => operation(tools.progress?.share ?? 0, geometry)(image, latent),
    (image, latent, geometry) => operation(null, geometry)(image, latent),
  )
}

/** Without a quantization of its own; fed with other numbers than ±1, only its weights are quantized. */
export const qConv2dNoAct: LayerBuilder<'QConv2d_NoAct'> = (spec, input, tools) =>
  quantizedWeightsLayer(spec, input, tools, input.bits === 1 ? 'always' : 'never')

export const qConv2d: LayerBuilder<'QConv2d'> = (spec, input, tools) =>
  chain(
    quantizingLayer(spec.id, spec.inputQuantizer, spec.gradientCancellationThreshold, tools),
    quantizedWeightsLayer(spec, input, tools, valuesOf(spec.inputQuantizer).signs),
  )
