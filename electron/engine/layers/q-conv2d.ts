import type { Tensor } from '@tensorflow/tfjs-core'
import { requireImage } from '#shared/model/definition.ts'
import { valuesOf } from '#shared/model/quantizers/index.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { signOf } from '../operations/binarize.ts'
import type { ConvolutionGeometry, Weighted } from '../operations/operation.ts'
import { chain } from './chain.ts'
import { xavierNormal } from './initialisation.ts'
import { layerVariable, type Layer, type LayerBuilder, type LayerTools } from './layer.ts'
import { statelessLayer } from './stateless.ts'
import { weightedLayer } from './weighted.ts'

type BinaryConvolutionSpec = LayerSpecOf<'QConv2d'> | LayerSpecOf<'QConv2d_NoAct'>

/** A convolution with binary weights by an operation on the image and the latent weights. */
export function binaryWeightsLayer(
  spec: BinaryConvolutionSpec,
  input: Signal,
  { random }: LayerTools,
  operation: (image: Tensor, latent: Tensor, geometry: ConvolutionGeometry) => Weighted,
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
  return weightedLayer(spec.id, weight, null, (image) =>
    operation(image, weight.variable, { stride, padding, paddingValue, groups }),
  )
}

/** Without a binarisation of its own; fed with other numbers than ±1, only its weights are binary. */
export const qConv2dNoAct: LayerBuilder<'QConv2d_NoAct'> = (spec, input, tools) => {
  const { binaryConvolution, convolution } = tools.operations
  return binaryWeightsLayer(spec, input, tools, (image, latent, geometry) =>
    input.bits === 1 ? binaryConvolution(image, latent, geometry) : convolution(image, signOf(latent), null, geometry),
  )
}

export const qConv2d: LayerBuilder<'QConv2d'> = (spec, input, tools) => {
  const { binarize, binaryConvolution } = tools.operations
  const threshold = spec.gradientCancellationThreshold
  return chain(
    statelessLayer(spec.id, (image) => binarize(image, threshold)),
    binaryWeightsLayer(spec, input, tools, binaryConvolution),
  )
}
