import { useEventListener } from '@vueuse/core'
import { computed, watchEffect, type Ref } from 'vue'
import { everyLayer, pathTo, type Place } from '#shared/model/tree.ts'
import { holdsPlace } from '../../editing/layers.ts'
import { placeAbove } from '../../editing/rows.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useLayerDrag, type DragSource } from './layerDrag.ts'

/**
 * Dragging by the blocks of the stack and onto them, and the double click that searches. By listeners: the stack itself
 * is no control, its blocks are, and they do the same by keyboard.
 *
 * @returns the ids of what is dragged, with all that it holds.
 */
export function useStackPointer(scroller: Readonly<Ref<HTMLElement | null>>, search: () => void) {
  const draft = useDraftStore()
  const drag = useLayerDrag()

  watchEffect((onCleanup) => {
    const element = scroller.value
    if (!element) return
    const extents = () =>
      [...element.querySelectorAll<HTMLElement>('[data-block], [data-end]')].map((block) => {
        const { top, bottom } = block.getBoundingClientRect()
        return { top, bottom, takesAll: block.dataset['empty'] !== undefined }
      })
    onCleanup(drag.receive({ scroller: element, blocks: extents, placeAbove: above }))
  })

  function above(index: number, source: DragSource): { place: Place; depth: number } | null {
    const place = placeAbove(draft.rows, index, draft.layers)
    if (source.kind === 'layers' && holdsPlace(draft.layers, source.ids, place)) return null
    return { place, depth: place.block === null ? 0 : pathTo(draft.layers, place.block).length }
  }

  /** A block's own button is the block; any other in the stack, such as a repair, is for itself. */
  const isControl = (event: Event) => (event.target as Element).closest('button:not([data-layer])') !== null

  /** A finger scrolls by the blocks and drags by their grips; a mouse and a pen drag by either. */
  function press(event: PointerEvent): void {
    const element = event.target as Element
    const id = element.closest<HTMLElement>('[data-block]')?.dataset['block']
    if (id === undefined || isControl(event) || event.button !== 0) return
    if (event.pointerType === 'touch' && !element.closest('[data-grip]')) return
    drag.press(event, () => {
      if (!draft.selection.ids.includes(id)) draft.select(id)
      return { kind: 'layers', ids: draft.selected.map((layer) => layer.id) }
    })
  }

  useEventListener(scroller, 'pointerdown', press)
  useEventListener(scroller, 'dblclick', (event: MouseEvent) => isControl(event) || search())

  return computed(() => {
    const ids = drag.source.value?.kind === 'layers' ? drag.source.value.ids : []
    return new Set([...everyLayer(draft.outermost(ids))].map(({ id }) => id))
  })
}
