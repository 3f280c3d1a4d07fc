import type { BitWidth } from './signal.ts'

/**
 * What a layer holds and does for one image, split by bit width.
 *
 * A multiply-accumulate counts as 1 bit only if both operands are 1 bit wide, as larq counts it
 * (width = max of input and kernel). Batch normalisation counts its two trainable vectors and no MACs, as fused.
 */
export interface LayerCost {
  /** Trainable parameters by the width they are stored in after training. */
  readonly parameters: Readonly<Record<BitWidth, number>>
  /** Multiply-accumulates for one image by the wider of their two operands. */
  readonly macs: Readonly<Record<BitWidth, number>>
}

export const NO_COST: LayerCost = { parameters: { 1: 0, 32: 0 }, macs: { 1: 0, 32: 0 } }

/** Bytes that parameters of both widths take when the 1-bit ones are packed, eight to a byte. */
export function packedBytes(cost: LayerCost): number {
  return Math.ceil(cost.parameters[1] / 8) + 4 * cost.parameters[32]
}

/** Bytes that the same parameters take as 32-bit floats. */
export function floatBytes(cost: LayerCost): number {
  return 4 * (cost.parameters[1] + cost.parameters[32])
}

export function addCosts(costs: readonly LayerCost[]): LayerCost {
  return costs.reduce(
    (sum, cost) => ({
      parameters: { 1: sum.parameters[1] + cost.parameters[1], 32: sum.parameters[32] + cost.parameters[32] },
      macs: { 1: sum.macs[1] + cost.macs[1], 32: sum.macs[32] + cost.macs[32] },
    }),
    NO_COST,
  )
}
