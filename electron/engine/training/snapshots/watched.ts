import type { Variable } from '@tensorflow/tfjs-core'
import type { LayerAnalysis } from '#shared/model/analyse.ts'
import { sizeOf } from '#shared/model/signal.ts'
import { filterSize, type FilterShape, type WatchedLayer } from '#shared/snapshots/format.ts'
import type { LayerVariable } from '../../layers/layer.ts'

/** A layer whose weights are recorded, with the tensor that holds them. */
export interface Watched {
  readonly layer: WatchedLayer
  readonly variable: Variable
}

/**
 * The layers that a run records: those whose weights the spec says are watched, and where it says so of none, all
 * binary ones.
 */
export function watchedLayers(
  layers: readonly LayerAnalysis[],
  variables: readonly LayerVariable[],
): readonly Watched[] {
  const weighted = layers.flatMap((analysed, index) => {
    const weight = variables.find(({ name }) => name === `${analysed.layer.id}.weight`)
    // Batch normalisation has a weight too, a scale for every channel.
    return weight && weight.variable.rank >= 2 ? [{ analysed, weight, image: imageBefore(layers, index) }] : []
  })
  const chosen = weighted.filter(({ analysed }) => analysed.layer.watchWeights)
  const watched = chosen.length > 0 ? chosen : weighted.filter(({ analysed }) => isBinary(analysed))
  return watched.map(({ analysed, weight: { variable, clip }, image }) => {
    const { id, type } = analysed.layer
    const shape = variable.shape
    const filter = filterShape(shape, image)
    return {
      layer: { id, type, binary: isBinary(analysed), filters: variable.size / filterSize({ filter }), filter, clip },
      variable,
    }
  })
}

function isBinary({ cost }: LayerAnalysis): boolean {
  return cost.parameters[1] > 0
}

/** A convolution's filter is an image by itself; a dense unit is one where its inputs are the pixels of an image. */
function filterShape(shape: readonly number[], image: FilterShape | null): FilterShape {
  const [height, width, channels] = shape
  if (shape.length === 4) return { height: height!, width: width!, channels: channels! }
  const inputs = shape[0]!
  return image && filterSize({ filter: image }) === inputs ? image : { height: 1, width: inputs, channels: 1 }
}

/** The image that was flattened into a dense layer's input, if only layers that keep their values apart lie between. */
function imageBefore(layers: readonly LayerAnalysis[], index: number): FilterShape | null {
  for (const { layer, input, output } of layers.slice(0, index).toReversed()) {
    if (layer.type === 'Flatten') {
      if (input.shape.kind !== 'image') return null
      const { height, width, channels } = input.shape
      return { height, width, channels }
    }
    if (sizeOf(input.shape) !== sizeOf(output.shape) || 'outFeatures' in layer) return null
  }
  return null
}
