import type { Network } from '#shared/contract/methods.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** Puts a network on the bench; changes to the one before can be brought back for a while. */
export function openNetwork(network: Network): void {
  leaveBench(() => useDraftStore().open(network))
}

/** The same for whatever `put` puts there. */
export function leaveBench(put: () => void): void {
  const draft = useDraftStore()
  const lost = draft.isChanged ? draft.name : null
  const putBack = draft.keep()
  put()
  if (lost === null) return
  useToastsStore().show(`Left the changes to “${lost}” behind.`, {
    kind: 'left behind',
    action: { label: 'Undo', run: putBack },
  })
}
