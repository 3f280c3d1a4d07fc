/** Numbers of things by their width in bits; widths other than 1 and 32 stand there only where there are some. */
export interface ByWidth {
  readonly [bits: number]: number
  readonly 1: number
  readonly 32: number
}

/**
 * What a layer holds and does for one image, split by bit width.
 *
 * A multiply-accumulate counts as 1 bit only if both operands are 1 bit wide, as larq counts it
 * (width = max of input and kernel). Bits that stand for 0 and 1 count as well: with a = (s + 1) / 2 their product with
 * w is that of the signs s and a constant of the filter. Batch normalisation counts its two trainable vectors and no
 * MACs, as fused.
 */
export interface LayerCost {
  /** Parameters by the width they are stored in after training, scales of quantized weights among them. */
  readonly parameters: ByWidth
  /** Multiply-accumulates for one image by the wider of their two operands. */
  readonly macs: ByWidth
}

export const NO_COST: LayerCost = { parameters: { 1: 0, 32: 0 }, macs: { 1: 0, 32: 0 } }

/** All of them, of whatever width. */
export function sumOf(counts: ByWidth): number {
  return Object.values(counts).reduce((sum, count: number) => sum + count, 0)
}

/** The widths that there are, narrowest first. */
export function widthsIn(counts: ByWidth): number[] {
  return Object.keys(counts)
    .map(Number)
    .filter((bits) => counts[bits]! > 0)
}

/** Bytes that parameters take when those of less than 32 bits are packed without gaps. */
export function packedBytes({ parameters }: LayerCost): number {
  return widthsIn(parameters).reduce((bytes, bits) => bytes + Math.ceil((parameters[bits]! * bits) / 8), 0)
}

/** Bytes that the same parameters take as 32-bit floats. */
export function floatBytes({ parameters }: LayerCost): number {
  return 4 * sumOf(parameters)
}

/** How weights are stored after training. */
export interface WeightPrecision {
  readonly bits: number
  /** Whether a 32-bit scale for each output goes with them. */
  readonly scaled: boolean
}

export const FLOAT_WEIGHTS: WeightPrecision = { bits: 32, scaled: false }

/** What a layer with weights holds and does. */
export function costOfWeights(
  counts: { readonly weights: number; readonly biases: number; readonly outputs: number; readonly macs: number },
  precision: WeightPrecision,
  inputBits: number,
): LayerCost {
  const floats = counts.biases + (precision.scaled ? counts.outputs : 0)
  return {
    parameters: addWidths({ 1: 0, 32: floats }, { 1: 0, 32: 0, [precision.bits]: counts.weights }),
    macs: { 1: 0, 32: 0, [Math.max(precision.bits, inputBits)]: counts.macs },
  }
}

export function addCosts(costs: readonly LayerCost[]): LayerCost {
  return costs.reduce(
    (sum, cost) => ({
      parameters: addWidths(sum.parameters, cost.parameters),
      macs: addWidths(sum.macs, cost.macs),
    }),
    NO_COST,
  )
}

function addWidths(left: ByWidth, right: ByWidth): ByWidth {
  const sum: Record<number, number> & ByWidth = { ...left }
  for (const bits of widthsIn(right)) sum[bits] = (sum[bits] ?? 0) + right[bits]!
  return sum
}
