import { requireFeatures } from '#shared/model/definition.ts'
import { valuesOf } from '#shared/model/quantizers/index.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { Operations } from '../operations/operation.ts'
import { chain } from './chain.ts'
import { kaimingUniform } from './initialisation.ts'
import { layerVariable, type Layer, type LayerBuilder, type LayerTools, type LayerVariable } from './layer.ts'
import { statelessLayer } from './stateless.ts'
import { weightedLayer } from './weighted.ts'

function denseVariables(
  spec: LayerSpecOf<'Linear'> | LayerSpecOf<'QLinear'>,
  input: Signal,
  { random }: LayerTools,
): { weight: LayerVariable; bias: LayerVariable | null } {
  const { outFeatures } = spec
  const inFeatures = requireFeatures(spec.type, input)
  const clip = spec.type === 'QLinear' ? spec.weightClip : null
  const weight = layerVariable(
    `${spec.id}.weight`,
    kaimingUniform(random.weights, inFeatures * outFeatures, inFeatures),
    [inFeatures, outFeatures],
    { clip, binary: spec.type === 'QLinear' && valuesOf(spec.weightQuantizer).signs !== 'never' },
  )
  const bias = spec.bias
    ? layerVariable(`${spec.id}.bias`, kaimingUniform(random.weights, outFeatures, inFeatures), [outFeatures])
    : null
  return { weight, bias }
}

export const linear: LayerBuilder<'Linear'> = (spec, input, tools) => {
  const { weight, bias } = denseVariables(spec, input, tools)
  return weightedLayer(spec.id, weight, bias, (features) =>
    tools.operations.dense(features, weight.variable, bias?.variable ?? null),
  )
}

/** A dense layer with binary weights by an operation on its features, the latent weights and the bias. */
export function binaryDenseLayer(
  spec: LayerSpecOf<'QLinear'>,
  input: Signal,
  tools: LayerTools,
  operation: Operations['binaryDense'],
): Layer {
  const { weight, bias } = denseVariables(spec, input, tools)
  return weightedLayer(spec.id, weight, bias, (features) =>
    operation(features, weight.variable, bias?.variable ?? null),
  )
}

export const qLinear: LayerBuilder<'QLinear'> = (spec, input, tools) => {
  const { binarize, binaryDense } = tools.operations
  const threshold = spec.gradientCancellationThreshold
  return chain(
    statelessLayer(spec.id, (features) => binarize(features, threshold)),
    binaryDenseLayer(spec, input, tools, binaryDense),
  )
}
