import { useEventListener } from '@vueuse/core'
import { useCommandsStore, type Command } from '../../stores/commands.ts'

/** Whether a key press is the one that `keys`, such as "Ctrl+Shift+Z", names. Ctrl means Command on a Mac. */
export function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1)!
  return (
    (event.ctrlKey || event.metaKey) === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    // "/" and "?" need Shift on some keyboards; only letters and named keys tell Shift apart.
    (key.length === 1 && !/[a-z]/i.test(key) ? true : event.shiftKey === parts.includes('Shift')) &&
    (event.key.toLowerCase() === key.toLowerCase() || event.code === `Digit${key}`)
  )
}

/** Keys without Ctrl or Alt belong to the field or control that has the focus. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

function wants(command: Command, event: KeyboardEvent): boolean {
  return (command.keys ?? []).some((keys) => {
    if (!matches(keys, event)) return false
    return /Ctrl|Alt/.test(keys) || !isTyping(event)
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
