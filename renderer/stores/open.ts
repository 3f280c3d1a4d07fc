import type { LabConnection } from '../rpc/index.ts'
import { useDatasetsStore } from './datasets.ts'
import { useLabStore } from './lab.ts'
import { useNetworksStore } from './networks.ts'
import { useRunsStore } from './runs.ts'
import { useSettingsStore } from './settings.ts'
import { useToastsStore } from './toasts.ts'

/** Connects the page to a lab and fetches what every room needs. The stores follow the lab from the first moment on. */
export async function openStores(connection: LabConnection): Promise<void> {
  const lab = useLabStore()
  const opened = lab.open(connection)
  const stores = [useSettingsStore(), useNetworksStore(), useDatasetsStore(), useRunsStore()]
  await Promise.all([opened, ...stores.map((store) => store.load())])
  for (const notice of lab.info?.notices ?? []) useToastsStore().show(notice)
}
