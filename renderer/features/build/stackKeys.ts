import { isBlock, pathTo } from '#shared/model/tree.ts'
import { useDraftStore } from '../../stores/draft.ts'

/**
 * Keys of the stack: arrows walk and extend, Alt with an arrow moves, Delete removes. The left arrow folds a block or
 * goes to the one around, the right arrow opens it or goes into it, as in a tree.
 *
 * @returns a function that tells whether the key was one of them.
 */
export function useStackKeys(): (event: KeyboardEvent) => boolean {
  const draft = useDraftStore()

  function walk(to: number, extend: boolean): void {
    const layer = draft.inSight[Math.max(0, Math.min(draft.inSight.length - 1, to))]
    if (!layer) return
    if (extend) draft.extendTo(layer.id)
    else draft.select(layer.id)
  }

  /** Whether the block with the focus shows its layers; null for a layer that is none. */
  function openness(): boolean | null {
    const row = draft.rows.find((one) => one.kind === 'layer' && one.layer.id === draft.selectedId)
    return row?.kind === 'layer' ? row.open : null
  }

  function leave(): void {
    const layer = draft.active
    if (!layer) return
    const around = pathTo(draft.layers, layer.id).at(-2)
    if (openness()) draft.fold(layer.id, true)
    else if (around) draft.select(around.id)
  }

  function enter(): void {
    const layer = draft.active
    if (!layer || !isBlock(layer)) return
    if (!openness()) draft.fold(layer.id, false)
    else if (layer.layers[0]) draft.select(layer.layers[0].id)
  }

  return (event) => {
    if (event.ctrlKey || event.metaKey) return false
    const index = draft.inSight.findIndex(({ id }) => id === draft.selectedId)
    switch (event.key) {
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = event.key === 'ArrowUp' ? -1 : 1
        if (event.altKey) draft.move(by)
        else walk(index + by, event.shiftKey)
        return true
      }
      case 'ArrowLeft':
      case 'ArrowRight':
        if (event.altKey || event.shiftKey) return false
        if (event.key === 'ArrowLeft') leave()
        else enter()
        return true
      case 'Home':
      case 'End':
        walk(event.key === 'Home' ? 0 : draft.inSight.length - 1, event.shiftKey)
        return true
      case 'Delete':
      case 'Backspace':
        draft.remove()
        return true
      case 'Escape':
        draft.select(draft.selectedId)
        return true
      default:
        return false
    }
  }
}
