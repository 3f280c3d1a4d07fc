import type { BitMatrix } from '#shared/bits/layout.ts'
import type { LayerAnalysis } from '#shared/model/analyse.ts'
import { sumOf } from '#shared/model/cost.ts'
import { channelsOf } from '#shared/model/signal.ts'
import type { LayerSpec } from '#shared/model/spec.ts'

/** What is left of a layer after training: exactly what `packedBytes` in shared/model/cost.ts counts. */
export interface PackedLayer {
  /** Signs of binary weights: a row for each output, in the order kernel row, kernel column, input channel. */
  readonly filters?: BitMatrix
  /** Weights that stay floats: HWIO, or [input, output]. */
  readonly weights?: Float32Array
  readonly bias?: Float32Array
  /** Batch normalisation folded: y = x · scale + shift. */
  readonly scale?: Float32Array
  readonly shift?: Float32Array
  /** A rectifier with learned slopes: what is taken off before, the slopes, and what is added after. */
  readonly before?: Float32Array
  readonly slope?: Float32Array
  readonly after?: Float32Array
}

type FloatField = Exclude<keyof PackedLayer, 'filters'>

/** How many values of each kind a layer has, in the order in which the packed file holds them. */
export interface PackedSizes {
  readonly floats: readonly (readonly [field: FloatField, count: number])[]
  readonly filters: { readonly rows: number; readonly columns: number } | null
}

const BY_CHANNEL: { readonly [Type in LayerSpec['type']]?: readonly FloatField[] } = {
  BatchNorm: ['scale', 'shift'],
  PReLU: ['slope'],
  RPReLU: ['before', 'slope', 'after'],
}
const BINARY: readonly LayerSpec['type'][] = ['QConv2d', 'QConv2d_NoAct', 'QLinear']

export function isBinary(layer: LayerSpec): boolean {
  return BINARY.includes(layer.type)
}

/** What a layer that computes (`everyComputing`) has to hold. */
export function packedSizes({ layer, own, output }: LayerAnalysis): PackedSizes {
  const outputs = channelsOf(output.shape)
  const fields = BY_CHANNEL[layer.type]
  if (fields) return { floats: fields.map((field) => [field, outputs]), filters: null }
  const bias: PackedSizes['floats'] = 'bias' in layer && layer.bias ? [['bias', outputs]] : []
  const weights = sumOf(own.parameters) - (bias.length > 0 ? outputs : 0)
  if (weights === 0) return { floats: [], filters: null }
  return isBinary(layer)
    ? { floats: bias, filters: { rows: outputs, columns: weights / outputs } }
    : { floats: [['weights', weights], ...bias], filters: null }
}
