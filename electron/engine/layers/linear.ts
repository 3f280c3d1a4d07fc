import type { Tensor } from '@tensorflow/tfjs-core'
import { requireFeatures } from '#shared/model/definition.ts'
import { valuesOf } from '#shared/model/quantizers/index.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { Operations } from '../operations/operation.ts'
import { onQuantizedWeights } from '../quantizers/weights.ts'
import { chain } from './chain.ts'
import { kaimingUniform } from './initialisation.ts'
import { layerVariable, type Layer, type LayerBuilder, type LayerTools, type LayerVariable } from './layer.ts'
import { quantizingLayer } from './quantizing.ts'
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

/** A dense layer with quantized weights by an operation on features, latent weights and bias, and one to evaluate by. */
export function binaryDenseLayer(
  spec: LayerSpecOf<'QLinear'>,
  input: Signal,
  tools: LayerTools,
  operation: Operations['binaryDense'],
  evaluation = operation,
): Layer {
  const { weight, bias } = denseVariables(spec, input, tools)
  return weightedLayer(
    spec.id,
    weight,
    bias,
    (features) => operation(features, weight.variable, bias?.variable ?? null),
    (features) => evaluation(features, weight.variable, bias?.variable ?? null),
  )
}

export const qLinear: LayerBuilder<'QLinear'> = (spec, input, tools) => {
  const { binaryDense, dense } = tools.operations
  const operation = (progress: number | null, bias: Tensor | null) =>
    onQuantizedWeights(spec.weightQuantizer, valuesOf(spec.inputQuantizer).signs, {
      binary: (features, weights) => binaryDense(features, weights, bias),
      float: (features, weights) => dense(features, weights, bias),
    })(progress)
  return chain(
    quantizingLayer(spec.id, spec.inputQuantizer, spec.gradientCancellationThreshold, tools),
    binaryDenseLayer(
      spec,
      input,
      tools,
      (features, latent, bias) => operation(tools.progress?.share ?? 0, bias)(features, latent),
      (features, latent, bias) => operation(null, bias)(features, latent),
    ),
  )
}
