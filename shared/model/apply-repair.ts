import { newLayer } from './new-layer.ts'
import type { AddedLayer, Repair } from './repair.ts'
import type { LayerSpec } from './spec.ts'
import { findLayer, mapLayers, mapStacks, pathTo, placeOf } from './tree.ts'

/** What makes a row of features of an image. */
const FLATTENING: readonly LayerSpec['type'][] = ['Flatten', 'GlobalAvgPool']

/**
 * The layers with the problem of the layer `layerId`, at any depth, repaired. Layers that are not there leave the list
 * as it is.
 */
export function applyRepair(layers: readonly LayerSpec[], layerId: string, repair: Repair): readonly LayerSpec[] {
  const place = placeOf(layers, layerId)
  if (!place) return layers
  const set = (id: string, values: object) =>
    mapLayers(layers, (layer) => (layer.id === id ? ({ ...layer, ...values } as LayerSpec) : layer))
  switch (repair.kind) {
    case 'insert': {
      const added = create(repair.layers, layers)
      return mapStacks(layers, (stack, block) =>
        block === place.block ? stack.toSpliced(place.index, 0, ...added) : stack,
      )
    }
    case 'append':
      return [...layers, ...create(repair.layers, layers)]
    case 'set':
      return set(repair.layerId ?? layerId, { [repair.parameter]: repair.value })
    case 'useShortcut':
      return set(layerId, { shortcut: 'conv', shortcutStride: repair.stride, shortcutPooling: repair.pools })
    case 'moveBeforeFlatten':
      return moveBeforeFlatten(layers, layerId)
    case 'moveOut':
      return moveOut(layers, layerId)
  }
}

/** What flattens stands before the layer in its own stack, or before one of the blocks around it, which then moves whole. */
function moveBeforeFlatten(layers: readonly LayerSpec[], layerId: string): readonly LayerSpec[] {
  const path = pathTo(layers, layerId)
  return mapStacks(layers, (stack) => {
    const index = stack.findIndex((layer) => path.some(({ id }) => id === layer.id))
    const flatten = stack.findLastIndex(({ type }, position) => FLATTENING.includes(type) && position < index)
    return flatten < 0 ? stack : stack.toSpliced(index, 1).toSpliced(flatten, 0, stack[index]!)
  })
}

/** A layer in no block stays where it is. */
function moveOut(layers: readonly LayerSpec[], layerId: string): readonly LayerSpec[] {
  const around = pathTo(layers, layerId).at(-2)
  const moved = findLayer(layers, layerId)
  if (!around || !moved) return layers
  return mapStacks(layers, (stack) => {
    const index = stack.findIndex(({ id }) => id === around.id)
    const rest = stack.filter(({ id }) => id !== layerId)
    if (index >= 0) return rest.toSpliced(index + 1, 0, moved)
    return rest.length === stack.length ? stack : rest
  })
}

function create(added: readonly AddedLayer[], layers: readonly LayerSpec[]): LayerSpec[] {
  const created: LayerSpec[] = []
  for (const { type, ...parameters } of added) created.push(newLayer(type, [...layers, ...created], parameters))
  return created
}
