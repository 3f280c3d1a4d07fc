import { z } from '../../zod.ts'
import type { LayerCost } from '../cost.ts'
import { defineLayer, requireFeatures } from '../definition.ts'
import type { BitWidth, Signal } from '../signal.ts'
import * as parameter from './parameters.ts'

interface Dense {
  readonly outFeatures: number
  readonly bias: boolean
}

function inferDense(layer: string, input: Signal, dense: Dense): Signal {
  requireFeatures(layer, input)
  return { shape: { kind: 'features', count: dense.outFeatures }, bits: 32 }
}

function costOfDense(layer: string, input: Signal, dense: Dense, weightBits: BitWidth): LayerCost {
  const weights = requireFeatures(layer, input) * dense.outFeatures
  const biases = dense.bias ? dense.outFeatures : 0
  return weightBits === 1
    ? { parameters: { 1: weights, 32: biases }, macs: { 1: weights, 32: 0 } }
    : { parameters: { 1: 0, 32: weights + biases }, macs: { 1: 0, 32: weights } }
}

export const Linear = defineLayer({
  type: 'Linear',
  group: 'full precision',
  summary: 'Every output is a weighted sum of every input, with 32-bit weights.',
  parameters: { outFeatures: parameter.outFeatures, bias: z.boolean().default(true) },
  infer: (input, parameters) => inferDense('Linear', input, parameters),
  cost: (input, parameters) => costOfDense('Linear', input, parameters, 32),
})

export const QLinear = defineLayer({
  type: 'QLinear',
  group: 'binary',
  summary: 'Binarises its input, then sums it with weights of +1 and -1. The bias stays 32-bit.',
  parameters: {
    outFeatures: parameter.outFeatures,
    bias: z.boolean().default(true),
    inputQuantizer: parameter.quantizer,
    gradientCancellationThreshold: parameter.gradientCancellationThreshold,
    weightQuantizer: parameter.quantizer,
    weightClip: parameter.weightClip,
  },
  infer: (input, parameters) => inferDense('QLinear', input, parameters),
  cost: (input, parameters) => costOfDense('QLinear', input, parameters, 1),
})
