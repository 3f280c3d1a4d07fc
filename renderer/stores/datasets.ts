import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Dataset } from '#shared/contract/methods.ts'
import { useLabStore } from './lab.ts'

/** The image collections that this machine has or could have. */
export const useDatasetsStore = defineStore('datasets', () => {
  const lab = useLabStore()
  const all = shallowRef<readonly Dataset[]>([])

  async function refresh(): Promise<void> {
    try {
      all.value = await lab.request('datasets.list', {})
    } catch {
      // Without the list a dataset's name is taken on trust; the lab checks it at the start of a run.
    }
  }

  async function load(): Promise<void> {
    lab.onReconnect(() => void refresh())
    await refresh()
  }

  return { all, find: (name: string) => all.value.find((dataset) => dataset.name === name), load }
})
