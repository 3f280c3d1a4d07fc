import { defineStore } from 'pinia'
import { ref } from 'vue'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { useNetworksStore } from './networks.ts'
import { useRoomStore } from './room.ts'
import { useRunsStore } from './runs.ts'
import { useToastsStore } from './toasts.ts'

/** The notebook's two networks, by the names of their presets. */
export const NOTEBOOK_PAIR = ['lenet-full-precision', 'lenet-binary'] as const

/** Training the notebook's two networks, which Learn, Build and an empty Train offer. */
export const usePairStore = defineStore('pair', () => {
  const networks = useNetworksStore()
  const room = useRoomStore()
  const runs = useRunsStore()
  const toasts = useToastsStore()
  const busy = ref(false)

  function preset(id: string) {
    const network = networks.find(id)
    if (network) return network
    throw new SignumError('unknown_preset', `The preset "${id}" is missing. Install Signum again to get it back.`)
  }

  /** Starts both and goes to Train. `settings` replace those that the presets come with. */
  async function train(settings?: TrainingSettings): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      const pair = NOTEBOOK_PAIR.map(preset)
      const [first] = await runs.startTogether(
        pair.map((network) => ({ spec: network.spec, settings: settings ?? network.settings })),
      )
      room.go('train', first!.id)
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
    } finally {
      busy.value = false
    }
  }

  return { busy, train }
})
