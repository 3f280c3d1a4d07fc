import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { Bench } from '../editing/document.ts'
import { readRecent, remember, type RecentNetwork } from '../editing/recent.ts'
import { useLabStore } from './lab.ts'
import { useToastsStore } from './toasts.ts'

const RECENT_KEY = 'build.recent'

/** The networks that were on the bench, as they were left; the same list in every window. */
export const useRecentNetworks = defineStore('recentNetworks', () => {
  const lab = useLabStore()
  const toasts = useToastsStore()
  const all = shallowRef<readonly RecentNetwork[]>([])
  onScopeDispose(
    lab.subscribe('settings.changed', ({ key, value }) => {
      if (key === RECENT_KEY) all.value = readRecent(value)
    }),
  )

  return {
    all,
    /** Takes over what the lab has kept. */
    read(settings: Readonly<Record<string, unknown>>): void {
      all.value = readRecent(settings[RECENT_KEY])
    },
    /** Puts this first in the list, and keeps the list in the lab. */
    add(bench: Bench): void {
      all.value = remember(all.value, bench)
      lab
        .request('settings.set', { key: RECENT_KEY, value: JSON.stringify(all.value) })
        .catch((error: unknown) => toasts.show(toErrorMessage(error).message, { tone: 'danger' }))
    },
  }
})
