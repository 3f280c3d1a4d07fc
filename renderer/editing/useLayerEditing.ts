import { computed, type ComputedRef, type Ref } from 'vue'
import type { LayerType } from '#shared/model/layers/index.ts'
import { wordsOf } from '#shared/model/words.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import type { LayerSpec } from '#shared/model/spec.ts'
import * as layersOf from './layers.ts'
import { extendTo, select, selectAll, toggle, type Selection } from './selection.ts'
import { nameLayers } from './words.ts'

/** Records a list of layers as one step. */
export type ChangeLayers = (label: string, layers: readonly LayerSpec[], burst?: string) => void

/** Every edit of the layers, each one step, with the selection that follows from it. */
export function useLayerEditing(
  layers: ComputedRef<readonly LayerSpec[]>,
  selection: Ref<Selection>,
  change: ChangeLayers,
) {
  const selected = computed(() => layers.value.filter(({ id }) => selection.value.ids.includes(id)))
  const find = (ids: readonly string[]) => layers.value.filter(({ id }) => ids.includes(id))

  /** Where what is added goes: after the last selected layer, or at the end. */
  function nextIndex(): number {
    const index = layers.value.findLastIndex(({ id }) => selection.value.ids.includes(id))
    return index < 0 ? layers.value.length : index + 1
  }

  function insert(verb: string, added: readonly LayerSpec[], index: number): void {
    if (added.length === 0) return
    change(`${verb} ${nameLayers(added)}`, layersOf.insertLayers(layers.value, added, index))
    selection.value = selectAll(added.map(({ id }) => id))
  }

  function add(type: LayerType, index = nextIndex()): void {
    insert('add', [newLayer(type, layers.value)], index)
  }

  function paste(originals: readonly LayerSpec[]): void {
    insert('paste', layersOf.copyLayers(originals, layers.value), nextIndex())
  }

  /** Copies stand right after the last of their originals. */
  function duplicate(ids: readonly string[] = selection.value.ids): void {
    const index = layers.value.findLastIndex(({ id }) => ids.includes(id))
    insert('duplicate', layersOf.copyLayers(find(ids), layers.value), index + 1)
  }

  /** Takes layers out and selects their neighbour. */
  function remove(ids: readonly string[] = selection.value.ids, verb = 'remove'): void {
    const removed = find(ids)
    if (removed.length === 0) return
    const index = layers.value.indexOf(removed[0]!)
    change(`${verb} ${nameLayers(removed)}`, layersOf.removeLayers(layers.value, ids))
    selection.value = select((layers.value[index] ?? layers.value[index - 1])?.id ?? null)
  }

  function rearrange(next: readonly LayerSpec[], ids: readonly string[]): void {
    if (next !== layers.value) change(`move ${nameLayers(find(ids))}`, next)
  }

  return {
    selected,
    add,
    paste,
    duplicate,
    remove,
    /** One place up or down. */
    move: (by: -1 | 1, ids: readonly string[] = selection.value.ids) =>
      rearrange(layersOf.shiftLayers(layers.value, ids, by), ids),
    /** Before the layer that is at `index` now. */
    moveTo: (ids: readonly string[], index: number) => rearrange(layersOf.moveLayersTo(layers.value, ids, index), ids),
    setParameter(id: string, name: string, value: unknown): void {
      const label = `change ${wordsOf(name)} of ${nameLayers(find([id]))}`
      change(label, layersOf.setParameter(layers.value, id, name, value), `${id}.${name}`)
    },
    select: (id: string | null) => (selection.value = select(id)),
    selectAll: () => (selection.value = selectAll(layers.value.map(({ id }) => id))),
    extendTo: (id: string) => (selection.value = extendTo(selection.value, id, layers.value)),
    toggle: (id: string) => (selection.value = toggle(selection.value, id)),
  }
}
