import { useDebounceFn, useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { readBench, writeBench } from '../editing/archive.ts'
import type { Bench } from '../editing/document.ts'
import { readRecent, remember, type RecentNetwork } from '../editing/recent.ts'
import { useDraftStore } from './draft.ts'
import { useLabStore } from './lab.ts'
import { useToastsStore } from './toasts.ts'

const DRAFT_KEY = 'build.draft'
const RECENT_KEY = 'build.recent'
/** After the last edit; a crash loses at most what was done within it. */
const QUIET_MS = 400

/** Keeps the bench in the lab while it is worked on, so that neither a restart nor a crash loses anything. */
export const useDraftKeeper = defineStore('draftKeeper', () => {
  const draft = useDraftStore()
  const lab = useLabStore()
  const toasts = useToastsStore()

  /** Whether what was kept is back on the bench, or cannot be had yet. */
  const ready = ref(false)
  /** Whether the lab has the bench as it is now. */
  const state = ref<'kept' | 'keeping' | 'failed'>('kept')
  const recent = shallowRef<readonly RecentNetwork[]>([])
  let opening: Promise<void> | null = null
  /** Nothing is written before what was kept has been read: it would be lost. */
  let hasRead = false
  let kept: Bench | null = null

  async function keep(): Promise<void> {
    const { bench } = draft
    if (!hasRead || bench === kept || (bench.origin === null && draft.layers.length + bench.history.past.length === 0))
      return
    try {
      await lab.request('settings.set', { key: DRAFT_KEY, value: writeBench(bench) })
      kept = bench
      state.value = draft.bench === bench ? 'kept' : 'keeping'
    } catch {
      // The status bar says that the lab is away; the bench is kept when it is back.
      state.value = 'failed'
    }
  }

  function left(bench: Bench): void {
    if (!hasRead) return
    recent.value = remember(recent.value, bench)
    lab
      .request('settings.set', { key: RECENT_KEY, value: JSON.stringify(recent.value) })
      .catch((error: unknown) => toasts.show(toErrorMessage(error).message, { tone: 'danger' }))
  }

  /** The kept draft comes back, unless something has been put on the bench meanwhile: then it is a recent network. */
  function restore(value: unknown): void {
    if (typeof value !== 'string') return
    try {
      const bench = readBench(value)
      if (draft.layers.length > 0 || draft.origin) return left(bench)
      draft.restore(bench)
      kept = draft.bench
    } catch (error) {
      toasts.show(`The draft of last time cannot be read: ${toErrorMessage(error).message}`, { tone: 'danger' })
    }
  }

  async function load(): Promise<void> {
    try {
      const values = await lab.request('settings.get', {})
      hasRead = true
      recent.value = readRecent(values[RECENT_KEY])
      restore(values[DRAFT_KEY])
      await keep()
    } catch (error) {
      opening = null
      toasts.show(`The draft of last time is not here yet: ${toErrorMessage(error).message}`, { tone: 'danger' })
    } finally {
      ready.value = true
    }
  }

  const start = (): Promise<void> => (opening ??= load())
  const keepSoon = useDebounceFn(keep, QUIET_MS)
  watch(
    () => draft.bench,
    (bench) => {
      if (bench === kept) return
      state.value = 'keeping'
      void keepSoon()
    },
  )
  useEventListener(window, 'pagehide', () => void keep())
  useEventListener(document, 'visibilitychange', () => void keep())
  onScopeDispose(() => (hasRead = false))
  onScopeDispose(draft.onLeave(left))
  onScopeDispose(lab.onReconnect(() => void start().then(keep)))

  return {
    ready,
    state,
    recent,
    /** Reads what was kept, once. */
    start,
    /** Puts a recent network back on the bench as it was left. */
    openRecent: ({ bench }: RecentNetwork) => draft.put(readBench(bench)),
  }
})
