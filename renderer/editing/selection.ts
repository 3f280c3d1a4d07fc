import type { LayerSpec } from '#shared/model/spec.ts'
import { everyLayer, isBlock } from '#shared/model/tree.ts'

/** Which layers are selected. It is no part of the history: undo changes networks, not what is looked at. */
export interface Selection {
  readonly ids: readonly string[]
  /** Where a range that Shift extends begins. */
  readonly anchor: string | null
  /** The one with the focus, which the inspector shows. */
  readonly active: string | null
}

type Layers = readonly LayerSpec[]

export const NOTHING_SELECTED: Selection = { ids: [], anchor: null, active: null }

export function select(id: string | null): Selection {
  return id === null ? NOTHING_SELECTED : { ids: [id], anchor: id, active: id }
}

/** Several layers at once; the last is the active one. */
export function selectAll(ids: readonly string[]): Selection {
  return { ids, anchor: ids[0] ?? null, active: ids.at(-1) ?? null }
}

/** From the anchor to this layer, in the order of `layers`, which are those in sight. */
export function extendTo(selection: Selection, id: string, layers: Layers): Selection {
  const ids = layers.map((layer) => layer.id)
  const from = ids.indexOf(selection.anchor ?? id)
  const to = ids.indexOf(id)
  if (from < 0 || to < 0) return select(id)
  return { ids: ids.slice(Math.min(from, to), Math.max(from, to) + 1), anchor: ids[from]!, active: id }
}

/** Adds the layer, or takes it out. */
export function toggle(selection: Selection, id: string): Selection {
  if (!selection.ids.includes(id)) return { ids: [...selection.ids, id], anchor: id, active: id }
  const ids = selection.ids.filter((other) => other !== id)
  return { ids, anchor: ids.at(-1) ?? null, active: ids.at(-1) ?? null }
}

/** What remains of a selection when the layers are these. */
export function keepExisting(selection: Selection, layers: Layers): Selection {
  const known = new Set([...everyLayer(layers)].map(({ id }) => id))
  const exists = (id: string | null) => id !== null && known.has(id)
  const ids = selection.ids.filter(exists)
  if (ids.length === selection.ids.length) return selection
  return {
    ids,
    anchor: exists(selection.anchor) ? selection.anchor : (ids[0] ?? null),
    active: exists(selection.active) ? selection.active : (ids.at(-1) ?? null),
  }
}

/**
 * The layers at any depth that are new or different in `after`: what an undo or redo brought back. A block is not
 * different for what it holds.
 */
export function changedLayers(before: Layers, after: Layers): string[] {
  const known = new Map([...everyLayer(before)].map((layer) => [layer.id, layer]))
  return [...everyLayer(after)].filter((layer) => !isSame(known.get(layer.id), layer)).map(({ id }) => id)
}

function isSame(before: LayerSpec | undefined, after: LayerSpec): boolean {
  if (before === after || !before || !isBlock(before) || !isBlock(after)) return before === after
  const [ours, theirs] = [before, after].map((block) => JSON.stringify({ ...block, layers: [] }))
  return ours === theirs
}
