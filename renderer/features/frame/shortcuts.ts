import { useEventListener } from '@vueuse/core'
import { useCommandsStore, type Command } from '../../stores/commands.ts'

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

/** Keys without Ctrl or Alt belong to the control that has the focus. */
export function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(TAKES_ALL)) return true
  if (!target.closest(TAKES_NAMED)) return false
  // Space presses buttons and ticks boxes; a link is followed with Enter.
  return key === ' ' ? target.closest('a') === null : key.length > 1
}

function wants(command: Command, event: KeyboardEvent): boolean {
  return (command.keys ?? []).some((keys) => {
    if (!matches(keys, event)) return false
    return /Ctrl|Alt/.test(keys) || !isTaken(event)
  })
}

/** Calls commands by their keys, wherever the focus is. */
export function useShortcuts(): void {
  const commands = useCommandsStore()
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return
    const command = commands.all.find((candidate) => wants(candidate, event) && commands.isOffered(candidate))
    if (!command) return
    event.preventDefault()
    command.run()
  })
}
