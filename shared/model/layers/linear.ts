import { z } from '../../zod.ts'
import { costOfWeights, FLOAT_WEIGHTS, type LayerCost, type WeightPrecision } from '../cost.ts'
import { defineLayer, requireFeatures } from '../definition.ts'
import { valuesOf } from '../quantizers/index.ts'
import type { Signal } from '../signal.ts'
import * as parameter from './parameters.ts'

interface Dense {
  readonly outFeatures: number
  readonly bias: boolean
}

function inferDense(layer: string, input: Signal, dense: Dense): Signal {
  requireFeatures(layer, input)
  return { shape: { kind: 'features', count: dense.outFeatures }, bits: 32 }
}

function costOfDense(
  layer: string,
  input: Signal,
  { outFeatures, bias }: Dense,
  precision: WeightPrecision,
  inputBits: number,
): LayerCost {
  const weights = requireFeatures(layer, input) * outFeatures
  const counts = { weights, biases: bias ? outFeatures : 0, outputs: outFeatures, macs: weights }
  return costOfWeights(counts, precision, inputBits)
}

export const Linear = defineLayer({
  type: 'Linear',
  group: 'full precision',
  summary: 'Every output is a weighted sum of every input, with 32-bit weights.',
  parameters: { outFeatures: parameter.outFeatures, bias: z.boolean().default(true) },
  infer: (input, parameters) => inferDense('Linear', input, parameters),
  cost: (input, parameters) => costOfDense('Linear', input, parameters, FLOAT_WEIGHTS, 32),
})

export const QLinear = defineLayer({
  type: 'QLinear',
  group: 'binary',
  summary: 'Binarises its input, then sums it with weights of +1 and -1. The bias stays 32-bit.',
  parameters: {
    outFeatures: parameter.outFeatures,
    bias: z.boolean().default(true),
    inputQuantizer: parameter.inputQuantizer,
    gradientCancellationThreshold: parameter.gradientCancellationThreshold,
    weightQuantizer: parameter.weightQuantizer,
    weightClip: parameter.weightClip,
  },
  infer: (input, parameters) => inferDense('QLinear', input, parameters),
  cost: (input, parameters) => {
    const { inputQuantizer, weightQuantizer } = parameters
    return costOfDense('QLinear', input, parameters, valuesOf(weightQuantizer), valuesOf(inputQuantizer).bits)
  },
})
