import type { HandlersOf, HostContext } from '../context.ts'

export function settingsHandlers({ store, events }: HostContext): HandlersOf<'settings'> {
  return {
    'settings.get': () => store.settings.all(),
    'settings.set': ({ key, value }) => {
      store.settings.set(key, value)
      events.emit('settings.changed', { key, value })
      return {}
    },
  }
}
