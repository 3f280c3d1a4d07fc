import { freeLayerId } from '#shared/model/new-layer.ts'
import type { LayerSpec } from '#shared/model/spec.ts'

/** Edits of a list of layers. All are pure; what would change nothing returns the list it was given. */
type Layers = readonly LayerSpec[]
type Ids = readonly string[]

/** `added` stands before the layer that is at `index` now. */
export function insertLayers(layers: Layers, added: Layers, index: number): Layers {
  return layers.toSpliced(index, 0, ...added)
}

export function removeLayers(layers: Layers, ids: Ids): Layers {
  return layers.filter((layer) => !ids.includes(layer.id))
}

/** The layers, together and in their order, stand before the layer that is at `index` now. */
export function moveLayersTo(layers: Layers, ids: Ids, index: number): Layers {
  const moved = layers.filter(({ id }) => ids.includes(id))
  const before = layers.slice(0, index).filter(({ id }) => !ids.includes(id))
  const after = layers.slice(index).filter(({ id }) => !ids.includes(id))
  const next = [...before, ...moved, ...after]
  return next.every((layer, position) => layer === layers[position]) ? layers : next
}

/** The layers, together, go one place up (-1) or down (+1); at the end nothing changes. */
export function shiftLayers(layers: Layers, ids: Ids, by: -1 | 1): Layers {
  const positions = layers.flatMap(({ id }, index) => (ids.includes(id) ? [index] : []))
  if (positions.length === 0) return layers
  const index = by < 0 ? positions[0]! - 1 : positions.at(-1)! + 2
  return index < 0 || index > layers.length ? layers : moveLayersTo(layers, ids, index)
}

/** The same layers under ids that neither `layers` nor the copies before them have. */
export function copyLayers(originals: Layers, layers: Layers): Layers {
  const copies: LayerSpec[] = []
  for (const layer of originals) copies.push({ ...layer, id: freeLayerId(layer.type, [...layers, ...copies]) })
  return copies
}

/** The value is taken as it was typed; `problemsOf` tells what is wrong with it. */
export function setParameter(layers: Layers, id: string, name: string, value: unknown): Layers {
  return layers.map((layer) => (layer.id === id ? ({ ...layer, [name]: value } as LayerSpec) : layer))
}
