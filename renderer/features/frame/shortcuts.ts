import { useEventListener } from '@vueuse/core'
import { useCommandsStore, type Command } from '../../stores/commands.ts'
import { usePointerFocus } from './pointerFocus.ts'

/** Whether a key press is the one that `keys`, such as "Ctrl+Shift+Z", names. Ctrl means Command on a Mac. */
export function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+')
  const name = parts.at(-1)!
  const key = name === 'Space' ? ' ' : name
  return (
    (event.ctrlKey || event.metaKey) === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    // "/" and "?" need Shift on some keyboards; only letters and named keys tell Shift apart.
    (key.length === 1 && !/[a-z]/i.test(key) ? true : event.shiftKey === parts.includes('Shift')) &&
    (event.key.toLowerCase() === key.toLowerCase() || event.code === `Digit${key}`)
  )
}

const TICKED = ':is([type="checkbox"], [type="radio"])'
/** What takes every plain key for itself: text, lists that find by typing, sliders. */
const TAKES_ALL =
  `input:not(${TICKED}), textarea, select, [contenteditable="true"], ` +
  '[role="slider"], [role="dialog"], [role="combobox"], [role="listbox"], [role="menu"]'
/** What takes keys that press, move or delete, but has no use for letters and digits. */
const TAKES_NAMED = `button, a, input${TICKED}`

/** What the mouse has chosen and the space bar has still a use for: text, and what it ticks or opens. */
const KEEPS_SPACE =
  `input:not([type="range"]), textarea, select, [contenteditable="true"], [role="switch"], [role="checkbox"], ` +
  '[role="dialog"], [role="combobox"], [role="listbox"], [role="menu"]'

/**
 * Keys without Ctrl or Alt belong to the control that has the focus. But a button that was clicked is not held for the
 * space bar, which plays and pauses as in any player: only one that was reached by keys is.
 */
export function isTaken({ target, key }: KeyboardEvent, isFocusByPointer = false): boolean {
  if (!(target instanceof Element)) return false
  if (key === ' ' && isFocusByPointer) return target.closest(KEEPS_SPACE) !== null
  if (target.closest(TAKES_ALL)) return true
  if (!target.closest(TAKES_NAMED)) return false
  // Space presses buttons and ticks boxes; a link is followed with Enter.
  return key === ' ' ? target.closest('a') === null : key.length > 1
}

function wants(command: Command, event: KeyboardEvent, isFocusByPointer: boolean): boolean {
  return (command.keys ?? []).some((keys) => {
    if (!matches(keys, event)) return false
    return /Ctrl|Alt/.test(keys) || !isTaken(event, isFocusByPointer)
  })
}

/** Calls commands by their keys, wherever the focus is. */
export function useShortcuts(): void {
  const commands = useCommandsStore()
  const isFocusByPointer = usePointerFocus()
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return
    const command = commands.all.find(
      (candidate) => wants(candidate, event, isFocusByPointer()) && commands.isOffered(candidate),
    )
    if (!command) return
    event.preventDefault()
    if (event.key === ' ') letGo(event.target)
    command.run()
  })
}

/** A control that the space bar does not press must not look as if it did; some browsers would even press it. */
function letGo(target: EventTarget | null): void {
  if (target instanceof HTMLElement && target.closest('button')) target.blur()
}
