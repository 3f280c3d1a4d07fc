import { SignumError } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import type { SavedNetwork } from '#electron/store/repositories/networks.ts'
import type { HandlersOf, HostContext } from '../context.ts'
import { newId } from '../ids.ts'

export function networkHandlers({ store, events, presets }: HostContext): HandlersOf<'networks'> {
  return {
    'networks.list': () => [...presets, ...store.networks.list().map(toNetwork)],
    'networks.save': ({ spec, settings }) => {
      if (presets.some((preset) => preset.id === spec.name)) {
        throw new SignumError('invalid_spec', `"${spec.name}" is the name of a preset. Choose another name.`, {
          place: { field: 'spec.name' },
        })
      }
      const saved = store.networks.save({ id: newId(), spec, settings }, new Date().toISOString())
      events.emit('networks.changed', {})
      return toNetwork(saved)
    },
    'networks.remove': ({ id }) => {
      if (presets.some((preset) => preset.id === id)) {
        throw new SignumError('not_supported', `"${id}" is a preset and cannot be removed.`)
      }
      if (!store.networks.delete(id)) {
        throw new SignumError('network_not_found', `There is no saved network with the id "${id}".`)
      }
      events.emit('networks.changed', {})
      return {}
    },
  }
}

function toNetwork({ id, spec, settings }: SavedNetwork): Network {
  return { id, source: 'saved', title: spec.name, description: '', spec, settings }
}
