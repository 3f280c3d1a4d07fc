import { newLayer } from './new-layer.ts'
import type { LayerSpec } from './spec.ts'
import { wordsOf } from './words.ts'

/** A layer that a repair adds; what it does not say keeps its default. */
export interface AddedLayer {
  readonly type: 'Flatten' | 'Linear'
  readonly outFeatures?: number
}

/** What would put a problem right, for a program; the problem's `fix` says it to people. */
export type Repair =
  /** Layers go before the one with the problem. */
  | { readonly kind: 'insert'; readonly layers: readonly AddedLayer[] }
  /** Layers go to the end of the network. */
  | { readonly kind: 'append'; readonly layers: readonly AddedLayer[] }
  /** A parameter takes a value: that of the layer with the problem, or of another. */
  | { readonly kind: 'set'; readonly parameter: string; readonly value: unknown; readonly layerId?: string }
  /** The layer with the problem goes before the last Flatten that comes before it. */
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
    case 'moveBeforeFlatten':
      return 'Move before Flatten'
  }
}

/**
 * The layers with the problem of the layer `layerId` repaired. Layers that are not there leave the list as it is.
 */
export function applyRepair(layers: readonly LayerSpec[], layerId: string, repair: Repair): readonly LayerSpec[] {
  const index = layers.findIndex(({ id }) => id === layerId)
  if (index < 0) return layers
  switch (repair.kind) {
    case 'insert':
      return layers.toSpliced(index, 0, ...create(repair.layers, layers))
    case 'append':
      return [...layers, ...create(repair.layers, layers)]
    case 'set': {
      const target = repair.layerId ?? layerId
      const set = (layer: LayerSpec) => ({ ...layer, [repair.parameter]: repair.value }) as LayerSpec
      return layers.map((layer) => (layer.id === target ? set(layer) : layer))
    }
    case 'moveBeforeFlatten': {
      const flatten = layers.findLastIndex(({ type }, position) => type === 'Flatten' && position < index)
      return flatten < 0 ? layers : layers.toSpliced(index, 1).toSpliced(flatten, 0, layers[index]!)
    }
  }
}

function create(added: readonly AddedLayer[], layers: readonly LayerSpec[]): LayerSpec[] {
  const created: LayerSpec[] = []
  for (const { type, ...parameters } of added) created.push(newLayer(type, [...layers, ...created], parameters))
  return created
}

const namesOf = (layers: readonly AddedLayer[]) => layers.map(({ type }) => type).join(' and ')
