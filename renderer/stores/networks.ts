import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { useLabStore } from './lab.ts'

/** The presets and the networks that were saved in Build. */
export const useNetworksStore = defineStore('networks', () => {
  const lab = useLabStore()
  const all = shallowRef<readonly Network[]>([])
  const loaded = ref(false)
  const problem = ref<string | null>(null)

  async function refresh(): Promise<void> {
    try {
      all.value = await lab.request('networks.list', {})
      problem.value = null
      loaded.value = true
    } catch (error) {
      problem.value = toErrorMessage(error).message
    }
  }

  async function load(): Promise<void> {
    lab.subscribe('networks.changed', () => void refresh())
    lab.onReconnect(() => void refresh())
    await refresh()
  }

  async function save(spec: NetworkSpec, settings: TrainingSettings): Promise<Network> {
    const network = await lab.request('networks.save', { spec, settings })
    await refresh()
    return network
  }

  async function remove(id: string): Promise<void> {
    await lab.request('networks.remove', { id })
    await refresh()
  }

  return {
    all,
    loaded,
    problem,
    presets: computed(() => all.value.filter((network) => network.source === 'preset')),
    saved: computed(() => all.value.filter((network) => network.source === 'saved')),
    find: (id: string) => all.value.find((network) => network.id === id),
    load,
    refresh,
    save,
    remove,
  }
})
