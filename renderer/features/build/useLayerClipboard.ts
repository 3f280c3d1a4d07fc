import { useEventListener } from '@vueuse/core'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { formatLayers, parseLayers } from '../../editing/clipboard.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { isTyping } from './typing.ts'

/** Copy, cut and paste of layers as JSON text, by the system's own clipboard. */
export function useLayerClipboard(): void {
  const draft = useDraftStore()
  const room = useRoomStore()
  const toasts = useToastsStore()

  /** Text that is selected, a field and a dialog keep the clipboard for themselves. */
  function isOurs(): boolean {
    const inDialog = document.activeElement?.closest('[role="dialog"]') ?? null
    const isTextSelected = getSelection()?.isCollapsed === false
    return room.room === 'build' && inDialog === null && !isTyping() && !isTextSelected
  }

  function copy(event: ClipboardEvent): boolean {
    if (!isOurs() || draft.selected.length === 0 || !event.clipboardData) return false
    event.clipboardData.setData('text/plain', formatLayers(draft.outermost(draft.selection.ids)))
    event.preventDefault()
    return true
  }

  useEventListener(document, 'copy', copy)
  useEventListener(document, 'cut', (event: ClipboardEvent) => {
    if (copy(event)) draft.remove(undefined, 'cut')
  })
  useEventListener(document, 'paste', (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!isOurs() || !text) return
    event.preventDefault()
    try {
      draft.paste(parseLayers(text))
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { kind: 'not pasted', tone: 'danger' })
    }
  })
}
