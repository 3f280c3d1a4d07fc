import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowReactive } from 'vue'
import { useRoomStore, type Room } from './room.ts'

/** Something the person can make the lab do: by the palette, by its keys, or by the native menu. */
export interface Command {
  /** Those of `WINDOW_COMMANDS` are also in the native menu. */
  readonly id: string
  /** What happens, such as "Train both". */
  readonly title: string
  /** Keys that call it, the ones to show first, such as "Ctrl+Enter". */
  readonly keys?: readonly string[]
  /** What should be known of its keys, a sentence. */
  readonly note?: string
  /** Only offered while this room is in front. */
  readonly room?: Room
  readonly enabled?: () => boolean
  readonly run: () => void
}

/** Every command there is, for the palette, the shortcut sheet and the keyboard. */
export const useCommandsStore = defineStore('commands', () => {
  const room = useRoomStore()
  const registered = shallowReactive(new Map<string, Command>())

  /** Adds commands; returns the way to take them back. */
  function register(commands: readonly Command[]): () => void {
    for (const command of commands) registered.set(command.id, command)
    return () => {
      for (const command of commands) if (registered.get(command.id) === command) registered.delete(command.id)
    }
  }

  function isOffered(command: Command): boolean {
    return (!command.room || command.room === room.room) && (command.enabled?.() ?? true)
  }

  /** Runs a command if it is offered now; tells whether it was. */
  function run(id: string): boolean {
    const command = registered.get(id)
    if (!command || !isOffered(command)) return false
    command.run()
    return true
  }

  return { all: computed(() => [...registered.values()]), isOffered, register, run }
})

/** Offers commands for as long as the calling component lives. */
export function useCommands(commands: readonly Command[]): void {
  onScopeDispose(useCommandsStore().register(commands))
}
