import { useEventListener } from '@vueuse/core'

/**
 * Whether the focus was put where it is by the mouse rather than by keys.
 *
 * `:focus-visible` cannot answer that for a key that has just been pressed: with the press itself the browser begins to
 * show the focus.
 */
export function usePointerFocus(): () => boolean {
  let isPointing = false
  let isByPointer = false
  useEventListener(document, 'pointerdown', () => (isPointing = true), { capture: true })
  useEventListener(document, 'keydown', () => (isPointing = false), { capture: true })
  useEventListener(document, 'focusin', () => (isByPointer = isPointing), { capture: true })
  return () => isByPointer
}
