import { newLayer } from './new-layer.ts'
import type { LayerSpec } from './spec.ts'
import { mapLayers, mapStacks, pathTo, placeOf } from './tree.ts'
import { wordsOf } from './words.ts'

/** A layer that a repair adds; what it does not say keeps its default. */
export interface AddedLayer {
  readonly type: 'Flatten' | 'Linear'
  readonly outFeatures?: number
}

/** What would put a problem right, for a program; the problem's `fix` says it to people. */
export type Repair =
  /** Layers go before the one with the problem, in the same stack. */
  | { readonly kind: 'insert'; readonly layers: readonly AddedLayer[] }
  /** Layers go to the end of the network. */
  | { readonly kind: 'append'; readonly layers: readonly AddedLayer[] }
  /** A parameter takes a value: that of the layer with the problem, or of another. */
  | { readonly kind: 'set'; readonly parameter: string; readonly value: unknown; readonly layerId?: string }
  /** The block with the problem gets a 1×1 shortcut that strides, by pooling or by itself. */
  | { readonly kind: 'useShortcut'; readonly stride: number; readonly pools: boolean }
  /** The layer with the problem, or a block around it, goes before the last Flatten that comes before it. */
  | { readonly kind: 'moveBeforeFlatten' }

/** A repair as a button says it, such as "Insert Flatten" or "Use kernel size 3". */
export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case 'insert':
      return `Insert ${namesOf(repair.layers)}`
    case 'append':
      return `Append ${namesOf(repair.layers)}`
    case 'set': {
      const isOutput = repair.parameter === 'outFeatures'
      const words = wordsOf(repair.parameter)
      return isOutput ? `Set ${words} to ${String(repair.value)}` : `Use ${words} ${String(repair.value)}`
    }
    case 'useShortcut':
      return 'Use a 1×1 shortcut'
    case 'moveBeforeFlatten':
      return 'Move before Flatten'
  }
}

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
  }
}

/** Flatten stands before the layer in its own stack, or before one of the blocks around it, which then moves whole. */
function moveBeforeFlatten(layers: readonly LayerSpec[], layerId: string): readonly LayerSpec[] {
  const path = pathTo(layers, layerId)
  return mapStacks(layers, (stack) => {
    const index = stack.findIndex((layer) => path.some(({ id }) => id === layer.id))
    const flatten = stack.findLastIndex(({ type }, position) => type === 'Flatten' && position < index)
    return flatten < 0 ? stack : stack.toSpliced(index, 1).toSpliced(flatten, 0, stack[index]!)
  })
}

function create(added: readonly AddedLayer[], layers: readonly LayerSpec[]): LayerSpec[] {
  const created: LayerSpec[] = []
  for (const { type, ...parameters } of added) created.push(newLayer(type, [...layers, ...created], parameters))
  return created
}

const namesOf = (layers: readonly AddedLayer[]) => layers.map(({ type }) => type).join(' and ')
