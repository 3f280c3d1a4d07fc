import { requireImage } from '#shared/model/definition.ts'
import { kaimingUniform } from './initialisation.ts'
import { layerVariable, type LayerBuilder } from './layer.ts'
import { weightedLayer } from './weighted.ts'

export const conv2d: LayerBuilder<'Conv2d'> = (spec, input, { operations, random }) => {
  const { kernelSize, outChannels, stride, padding, groups } = spec
  const channels = requireImage(spec.type, input).channels / groups
  const shape = [kernelSize, kernelSize, channels, outChannels]
  const fanIn = kernelSize ** 2 * channels
  const weight = layerVariable(`${spec.id}.weight`, kaimingUniform(random.weights, fanIn * outChannels, fanIn), shape)
  const bias = spec.bias
    ? layerVariable(`${spec.id}.bias`, kaimingUniform(random.weights, outChannels, fanIn), [outChannels])
    : null
  const geometry = { stride, padding, paddingValue: 0, groups }
  return weightedLayer(spec.id, weight, bias, (image) =>
    operations.convolution(image, weight.variable, bias?.variable ?? null, geometry),
  )
}
