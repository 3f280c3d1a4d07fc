import { watch } from 'vue'
import { EMPTY_DOCUMENT } from '../../editing/document.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useDraftKeeper } from '../../stores/draftKeeper.ts'
import { useNetworksStore } from '../../stores/networks.ts'
import { NOTEBOOK_PAIR } from '../../stores/pair.ts'
import { useRoomStore } from '../../stores/room.ts'
import { openNetwork } from './openNetwork.ts'

/** On the bench: what the location asks for; else what is there already; else the notebook's binary network. */
export function useFirstNetwork(): void {
  const draft = useDraftStore()
  const keeper = useDraftKeeper()
  const networks = useNetworksStore()
  const room = useRoomStore()

  watch(
    [() => room.detailOf('build'), () => networks.loaded, () => keeper.ready] as const,
    ([wanted, , isReady]) => {
      if (!isReady) return
      const network = wanted ? networks.find(wanted) : undefined
      if (network && network.id !== draft.origin?.id) openNetwork(network)
      else if (draft.document === EMPTY_DOCUMENT) {
        const first = networks.find(NOTEBOOK_PAIR[1]) ?? networks.all[0]
        if (first) draft.open(first)
      }
    },
    { immediate: true },
  )
  void keeper.start()
}
