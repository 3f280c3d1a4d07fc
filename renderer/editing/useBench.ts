import { computed, shallowRef } from 'vue'
import type { Network } from '#shared/contract/methods.ts'
import { EMPTY_DOCUMENT, toSpec, type Bench, type NetworkDocument } from './document.ts'
import { record, redo, startHistory, undo, type History } from './history.ts'
import { changedLayers, keepExisting, NOTHING_SELECTED, selectAll, type Selection } from './selection.ts'

/**
 * One network with its history and what is selected of it.
 *
 * @param onRestore called whenever another network, or another state of it, is put on the bench as a whole.
 */
export function useBench(onRestore: () => void) {
  /** The network this one began as. */
  const origin = shallowRef<Network | null>(null)
  const history = shallowRef(startHistory(EMPTY_DOCUMENT))
  const selection = shallowRef<Selection>(NOTHING_SELECTED)
  const leaving = new Set<(left: Bench) => void>()

  const bench = computed<Bench>(() => ({ origin: origin.value, history: history.value }))
  const document = computed(() => history.value.present)
  const layers = computed(() => document.value.layers)
  const spec = computed(() => toSpec(document.value))
  const isChanged = computed(() => {
    if (!origin.value) return history.value.past.length > 0
    const began = [origin.value.spec, origin.value.settings]
    return JSON.stringify([spec.value, document.value.settings]) !== JSON.stringify(began)
  })

  /** Makes one step of the history. Steps with the same `burst` that follow each other closely become one. */
  function change(label: string, changes: Partial<NetworkDocument>, burst: string | null = null): void {
    history.value = record(history.value, { ...document.value, ...changes }, { label, burst, at: Date.now() })
    selection.value = keepExisting(selection.value, layers.value)
  }

  function go(next: History<NetworkDocument>): void {
    const changed = changedLayers(layers.value, next.present.layers)
    history.value = next
    selection.value = changed.length > 0 ? selectAll(changed) : keepExisting(selection.value, layers.value)
  }

  /** Puts this on the bench, with nothing selected. */
  function restore(next: Bench): void {
    origin.value = next.origin
    history.value = next.history
    selection.value = NOTHING_SELECTED
    onRestore()
  }

  /** The same network as it went on elsewhere; what is selected stays so as far as it is still there. */
  function follow(next: Bench): void {
    origin.value = next.origin
    history.value = next.history
    selection.value = keepExisting(selection.value, layers.value)
  }

  /** Calls `listener` with what was on the bench whenever something else is put there. */
  function onLeave(listener: (left: Bench) => void): () => void {
    leaving.add(listener)
    return () => leaving.delete(listener)
  }

  function put(next: Bench): void {
    const isReopened = next.origin !== null && next.origin.id === origin.value?.id && !isChanged.value
    if (layers.value.length > 0 && !isReopened) for (const listener of leaving) listener(bench.value)
    restore(next)
  }

  /** Keeps what is on the bench; returns the way to put it back. */
  function keep(): () => void {
    const kept = bench.value
    const selected = selection.value
    return () => {
      restore(kept)
      selection.value = selected
    }
  }

  return {
    origin,
    history,
    selection,
    bench,
    document,
    layers,
    spec,
    isChanged,
    undoLabel: computed(() => history.value.past.at(-1)?.label ?? null),
    redoLabel: computed(() => history.value.future.at(-1)?.label ?? null),
    undo: () => go(undo(history.value)),
    redo: () => go(redo(history.value)),
    change,
    restore,
    follow,
    put,
    keep,
    onLeave,
  }
}
