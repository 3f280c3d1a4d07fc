import { requireImage } from '#shared/model/definition.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { chain } from './chain.ts'
import { xavierNormal } from './initialisation.ts'
import { layerVariable, type Layer, type LayerBuilder, type LayerTools } from './layer.ts'
import { statelessLayer } from './stateless.ts'
import { weightedLayer } from './weighted.ts'

/** The convolution with binary weights, for an input that is binarised already. */
function binaryConvolution(
  spec: LayerSpecOf<'QConv2d'> | LayerSpecOf<'QConv2d_NoAct'>,
  input: Signal,
  { operations, random }: LayerTools,
): Layer {
  const { kernelSize, outChannels, stride, padding, paddingValue, weightClip } = spec
  const { channels } = requireImage(spec.type, input)
  const area = kernelSize ** 2
  const weight = layerVariable(
    `${spec.id}.weight`,
    xavierNormal(random.weights, area * channels * outChannels, area * channels, area * outChannels),
    [kernelSize, kernelSize, channels, outChannels],
    { clip: weightClip },
  )
  return weightedLayer(spec.id, weight, null, (image) =>
    operations.binaryConvolution(image, weight.variable, { stride, padding, paddingValue }),
  )
}

export const qConv2dNoAct: LayerBuilder<'QConv2d_NoAct'> = binaryConvolution

export const qConv2d: LayerBuilder<'QConv2d'> = (spec, input, tools) =>
  chain(
    statelessLayer(spec.id, (image) => tools.operations.binarize(image, spec.gradientCancellationThreshold)),
    binaryConvolution(spec, input, tools),
  )
