import type { LayerAnalysis } from '#shared/model/analyse.ts'
import { analyseShortcut } from '#shared/model/layers/residual.ts'

/**
 * The layers that compute, in the order in which the packed file has their values: of a block, those in its stack and
 * then those of its shortcut, which has ids of its own.
 */
export function* everyComputing(layers: readonly LayerAnalysis[]): Generator<LayerAnalysis> {
  for (const analysis of layers) {
    const { layer, input, inside } = analysis
    if (layer.type === 'Residual') {
      yield* everyComputing(inside)
      yield* analyseShortcut(layer, input, inside)
    } else {
      yield analysis
    }
  }
}
