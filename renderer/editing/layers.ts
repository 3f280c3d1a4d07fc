import { freeLayerId } from '#shared/model/new-layer.ts'
import type { LayerSpec } from '#shared/model/spec.ts'
import { everyLayer, isBlock, mapLayers, mapStacks, pathTo, placeOf, stackOf, type Place } from '#shared/model/tree.ts'

/** Edits of a tree of layers. All are pure; what would change nothing returns the layers it was given. */
type Layers = readonly LayerSpec[]
type Ids = readonly string[]

/** `added` stands before the layer that is at `place` now. */
export function insertLayers(layers: Layers, added: Layers, { block, index }: Place): Layers {
  return mapStacks(layers, (stack, of) => (of === block ? stack.toSpliced(index, 0, ...added) : stack))
}

/** A block goes with all that it holds. */
export function removeLayers(layers: Layers, ids: Ids): Layers {
  return mapStacks(layers, (stack) => {
    const left = stack.filter(({ id }) => !ids.includes(id))
    return left.length === stack.length ? stack : left
  })
}

/** These layers in the order of the stack, without those that a block among them holds anyway. */
export function outermost(layers: Layers, ids: Ids): Layers {
  return layers.flatMap((layer) => {
    if (ids.includes(layer.id)) return [layer]
    return isBlock(layer) ? outermost(layer.layers, ids) : []
  })
}

/** The layers, together and in their order, stand before the layer that is at `place` now. No block enters itself. */
export function moveLayersTo(layers: Layers, ids: Ids, place: Place): Layers {
  const moved = outermost(layers, ids)
  const stack = stackOf(layers, place.block)
  if (!stack || moved.length === 0 || holdsPlace(layers, ids, place)) return layers
  const gone = moved.map(({ id }) => id)
  const next = stack.find(({ id }, index) => index >= place.index && !gone.includes(id))
  const left = removeLayers(layers, gone)
  const index = next ? stackOf(left, place.block)!.indexOf(find(left, next.id)) : stackOf(left, place.block)!.length
  const result = insertLayers(left, moved, { block: place.block, index })
  return isSameOrder(result, layers) ? layers : result
}

/** Whether the place is inside one of these layers. */
export function holdsPlace(layers: Layers, ids: Ids, { block }: Place): boolean {
  return block !== null && pathTo(layers, block).some(({ id }) => ids.includes(id))
}

/**
 * Where the layers, together, stand one step up (-1) or down (+1): past a neighbour, into a neighbour that is an open
 * block, or out of the block whose end they have reached; null at the end of the network.
 */
export function placeAfterStep(
  layers: Layers,
  ids: Ids,
  by: -1 | 1,
  isOpen: (block: string) => boolean = () => true,
): Place | null {
  const moved = outermost(layers, ids)
  const edge = by < 0 ? moved[0] : moved.at(-1)
  if (!edge) return null
  const { block, index } = placeOf(layers, edge.id)!
  const neighbour = stackOf(layers, block)![index + by]
  if (neighbour && isBlock(neighbour) && isOpen(neighbour.id)) {
    return { block: neighbour.id, index: by < 0 ? neighbour.layers.length : 0 }
  }
  if (neighbour) return { block, index: by < 0 ? index - 1 : index + 2 }
  const outside = block === null ? null : placeOf(layers, block)!
  return outside && { block: outside.block, index: outside.index + (by < 0 ? 0 : 1) }
}

/** The same layers, at every depth, under ids that neither `layers` nor the copies before them have. */
export function copyLayers(originals: Layers, layers: Layers): Layers {
  const known = [...everyLayer(layers)]
  const copy = (layer: LayerSpec): LayerSpec => {
    const named = { ...layer, id: freeLayerId(layer.type, known) }
    known.push(named)
    return isBlock(named) ? { ...named, layers: named.layers.map(copy) } : named
  }
  return originals.map(copy)
}

/** The value is taken as it was typed; `problemsOf` tells what is wrong with it. */
export function setParameter(layers: Layers, id: string, name: string, value: unknown): Layers {
  return mapLayers(layers, (layer) => (layer.id === id ? ({ ...layer, [name]: value } as LayerSpec) : layer))
}

const find = (layers: Layers, id: string) => [...everyLayer(layers)].find((layer) => layer.id === id)!

function isSameOrder(left: Layers, right: Layers): boolean {
  const placesIn = (layers: Layers) => [...everyLayer(layers)].map(({ id }) => `${id} ${pathTo(layers, id).length}`)
  const [ours, theirs] = [placesIn(left), placesIn(right)]
  return ours.length === theirs.length && ours.every((place, index) => place === theirs[index])
}
