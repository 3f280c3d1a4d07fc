import { useDraftStore } from '../../stores/draft.ts'

/**
 * Keys of the stack: arrows walk and extend, Alt with an arrow moves, Delete removes.
 *
 * @returns a function that tells whether the key was one of them.
 */
export function useStackKeys(): (event: KeyboardEvent) => boolean {
  const draft = useDraftStore()

  function walk(to: number, extend: boolean): void {
    const layer = draft.layers[Math.max(0, Math.min(draft.layers.length - 1, to))]
    if (!layer) return
    if (extend) draft.extendTo(layer.id)
    else draft.select(layer.id)
  }

  return (event) => {
    if (event.ctrlKey || event.metaKey) return false
    const index = draft.layers.findIndex(({ id }) => id === draft.selectedId)
    switch (event.key) {
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = event.key === 'ArrowUp' ? -1 : 1
        if (event.altKey) draft.move(by)
        else walk(index + by, event.shiftKey)
        return true
      }
      case 'Home':
      case 'End':
        walk(event.key === 'Home' ? 0 : draft.layers.length - 1, event.shiftKey)
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
