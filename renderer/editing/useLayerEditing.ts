import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { LayerType } from '#shared/model/layers/index.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import type { LayerSpec } from '#shared/model/spec.ts'
import { everyLayer, findLayer, isBlock, placeOf, stackOf, type Place } from '#shared/model/tree.ts'
import * as layersOf from './layers.ts'
import { isOpenFor, rowsOf } from './rows.ts'
import { extendTo, select, selectAll, toggle, type Selection } from './selection.ts'
import { nameLayers, nameMove, nameParameter, type Edited } from './words.ts'

/** Records a tree of layers as one step. */
export type ChangeLayers = (label: string, layers: readonly LayerSpec[], burst?: string | null) => void

/** Every edit of the layers, each one step, with the selection that follows from it. */
export function useLayerEditing(
  layers: ComputedRef<readonly LayerSpec[]>,
  selection: Ref<Selection>,
  change: ChangeLayers,
) {
  /** Blocks whose layers are out of sight. It is no part of the history. */
  const folded = shallowRef<ReadonlySet<string>>(new Set())
  const isOpen = computed(() => isOpenFor(layers.value, folded.value, selection.value.active))
  const rows = computed(() => rowsOf(layers.value, isOpen.value))
  const inSight = computed(() => rows.value.flatMap((row) => (row.kind === 'layer' ? [row.layer] : [])))
  const selected = computed(() => [...everyLayer(layers.value)].filter(({ id }) => selection.value.ids.includes(id)))
  const outermost = (ids: readonly string[]) => layersOf.outermost(layers.value, ids)

  /** After the last of these layers, in its stack; without any, at the end of the network. */
  function placeAfter(ids: readonly string[]): Place {
    const last = outermost(ids).at(-1)
    const place = last && placeOf(layers.value, last.id)
    return place ? { ...place, index: place.index + 1 } : { block: null, index: layers.value.length }
  }

  /** Where what is added goes: into a block that waits for its first layer, else after the selection. */
  function nextPlace(): Place {
    const { ids, active } = selection.value
    const waiting = ids.length === 1 && active !== null ? findLayer(layers.value, active) : undefined
    const isWaiting = waiting && isBlock(waiting) && waiting.layers.length === 0
    return isWaiting ? { block: waiting.id, index: 0 } : placeAfter(ids)
  }

  function insert(verb: string, added: readonly LayerSpec[], place: Place): void {
    if (added.length === 0) return
    change(`${verb} ${nameLayers(added)}`, layersOf.insertLayers(layers.value, added, place))
    selection.value = selectAll(added.map(({ id }) => id))
  }

  function add(type: LayerType, place = nextPlace()): void {
    insert('add', [newLayer(type, layers.value)], place)
  }

  function paste(originals: readonly LayerSpec[]): void {
    insert('paste', layersOf.copyLayers(originals, layers.value), nextPlace())
  }

  /** Copies stand right after the last of their originals. */
  function duplicate(ids: readonly string[] = selection.value.ids): void {
    insert('duplicate', layersOf.copyLayers(outermost(ids), layers.value), placeAfter(ids))
  }

  /** Takes layers out and selects their neighbour, else the block that held them. */
  function remove(ids: readonly string[] = selection.value.ids, verb = 'remove'): void {
    const removed = outermost(ids)
    if (removed.length === 0) return
    const { block, index } = placeOf(layers.value, removed[0]!.id)!
    change(`${verb} ${nameLayers(removed)}`, layersOf.removeLayers(layers.value, ids))
    const left = stackOf(layers.value, block) ?? []
    selection.value = select((left[index] ?? left[index - 1])?.id ?? block)
  }

  /** Before the layer that is at `place` now. */
  function moveTo(ids: readonly string[], place: Place): void {
    const moved = outermost(ids)
    const next = layersOf.moveLayersTo(layers.value, ids, place)
    if (next !== layers.value) change(nameMove(layers.value, moved, place.block), next)
  }

  const stepOf = (by: -1 | 1, ids: readonly string[]) => layersOf.placeAfterStep(layers.value, ids, by, isOpen.value)

  function fold(block: string, folds: boolean): void {
    const next = new Set(folded.value)
    if (folds) next.add(block)
    else next.delete(block)
    folded.value = next
    // What is out of sight is not selected: its block is.
    if (folds && isOpen.value(block)) selection.value = select(block)
  }

  return {
    rows,
    inSight,
    selected,
    outermost,
    add,
    paste,
    duplicate,
    remove,
    moveTo,
    fold,
    /** One step up or down, into blocks and out of them. */
    move(by: -1 | 1, ids: readonly string[] = selection.value.ids): void {
      const place = stepOf(by, ids)
      if (place) moveTo(ids, place)
    },
    canMove: (by: -1 | 1) => stepOf(by, selection.value.ids) !== null,
    setParameter(id: string, name: string, value: unknown, how?: Edited): void {
      const layer = findLayer(layers.value, id)
      if (!layer) return
      const { label, burst } = nameParameter(layer, name, how)
      change(label, layersOf.setParameter(layers.value, id, name, value), burst)
    },
    select: (id: string | null) => (selection.value = select(id)),
    selectAll: () => (selection.value = selectAll([...everyLayer(layers.value)].map(({ id }) => id))),
    extendTo: (id: string) => (selection.value = extendTo(selection.value, id, inSight.value)),
    toggle: (id: string) => (selection.value = toggle(selection.value, id)),
  }
}
