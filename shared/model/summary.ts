import type { LayerAnalysis, NetworkAnalysis } from './analyse.ts'
import { floatBytes, packedBytes, sumOf, type ByWidth } from './cost.ts'
import { valuesOf } from './quantizers/index.ts'
import { formatShape, widthOf } from './signal.ts'
import type { LayerSpec, NetworkSpec } from './spec.ts'

/** One layer as larq's `summary` shows it. */
export interface SummaryRow {
  readonly id: string
  readonly type: LayerSpec['type']
  /** How many blocks lie around it. */
  readonly depth: number
  /** Bits of one input value as the layer computes with it; null where it does not compute with weights. */
  readonly inputBits: number | null
  /** Such as `12×12×64`. */
  readonly output: string
  readonly parameters: ByWidth
  /** With the narrow parameters packed. */
  readonly bytes: number
  readonly macs: ByWidth
}

/** A network's table: its layers, and what they add up to. */
export interface NetworkSummary {
  readonly name: string
  readonly input: string
  readonly rows: readonly SummaryRow[]
  readonly parameters: ByWidth
  readonly totalParameters: number
  readonly macs: ByWidth
  readonly packedBytes: number
  /** The same network with 32-bit floats throughout. */
  readonly floatBytes: number
  /** How many times smaller the packed network is. */
  readonly compressionRatio: number
  /** Share of the multiply-accumulates whose operands are both 1 bit wide, 0 to 1. */
  readonly binaryMacShare: number
}

/**
 * The table that larq prints for a Keras model (`larq.models.summary`), for our layers: batch normalisation counts as
 * fused, and a MAC has the width of the wider of its operands.
 */
export function summarise(spec: NetworkSpec, analysis: NetworkAnalysis): NetworkSummary {
  const { totals } = analysis
  const macs = sumOf(totals.macs)
  return {
    name: spec.name,
    input: formatShape({ kind: 'image', ...spec.input }),
    rows: toRows(analysis.layers),
    parameters: totals.parameters,
    totalParameters: sumOf(totals.parameters),
    macs: totals.macs,
    packedBytes: packedBytes(totals),
    floatBytes: floatBytes(totals),
    compressionRatio: totals.packedBytes === 0 ? 1 : totals.floatBytes / totals.packedBytes,
    binaryMacShare: macs === 0 ? 0 : totals.macs[1] / macs,
  }
}

/** A block's own row holds its shortcut alone, so that every column adds up to the totals. */
function toRows(layers: readonly LayerAnalysis[], depth = 0): SummaryRow[] {
  return layers.flatMap((layer) => [toRow(layer, depth), ...toRows(layer.inside, depth + 1)])
}

function toRow({ layer, input, output, own: cost }: LayerAnalysis, depth: number): SummaryRow {
  const computes = sumOf(cost.macs) > 0
  // A layer that quantizes its own input computes with what comes of it, whatever comes in.
  const inputBits = 'inputQuantizer' in layer ? valuesOf(layer.inputQuantizer).bits : widthOf(input)
  return {
    id: layer.id,
    type: layer.type,
    depth,
    inputBits: computes ? inputBits : null,
    output: formatShape(output.shape),
    parameters: cost.parameters,
    bytes: packedBytes(cost),
    macs: cost.macs,
  }
}
