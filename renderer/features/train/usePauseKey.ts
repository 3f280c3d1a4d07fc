import { useEventListener } from '@vueuse/core'
import { useCommands } from '../../stores/commands.ts'
import { useRoomStore } from '../../stores/room.ts'

/** Whatever else has a use for the space bar. */
const TAKES_SPACE =
  'input, textarea, select, button, summary, [role="radio"], [role="switch"], [role="dialog"], [contenteditable="true"]'

/**
 * The space bar pauses and resumes while Train is in front. It works where the focus is on nothing that has its own use
 * for it, so that a focused button is still pressed by it.
 */
export function usePauseKey({ canToggle, toggle }: { canToggle: () => boolean; toggle: () => void }): void {
  const room = useRoomStore()
  useCommands([
    {
      id: 'run.toggle',
      title: 'Pause or resume this run',
      keys: ['Space'],
      room: 'train',
      enabled: canToggle,
      run: toggle,
    },
  ])
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    const isPlain = event.code === 'Space' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat
    if (!isPlain || event.defaultPrevented || room.room !== 'train' || !canToggle()) return
    if (event.target instanceof Element && event.target.closest(TAKES_SPACE)) return
    event.preventDefault()
    toggle()
  })
}
