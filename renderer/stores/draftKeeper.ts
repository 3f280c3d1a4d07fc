import { useDebounceFn, useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { readBench, writeBench } from '../editing/archive.ts'
import type { Bench } from '../editing/document.ts'
import { goesOnFrom } from '../editing/versions.ts'
import { useDraftStore } from './draft.ts'
import { useLabStore } from './lab.ts'
import { useRecentNetworks } from './recentNetworks.ts'
import { useToastsStore } from './toasts.ts'

const DRAFT_KEY = 'build.draft'
/** After the last edit; a crash loses at most what was done within it. */
const QUIET_MS = 400

/**
 * Keeps the bench in the lab while it is worked on, so that neither a restart nor a crash loses anything. Every window
 * has the same bench: it follows what another one adds to it. Where they went apart, this one stays as it is and is kept
 * among the recent networks, until it is said which of the two goes on.
 */
export const useDraftKeeper = defineStore('draftKeeper', () => {
  const draft = useDraftStore()
  const lab = useLabStore()
  const recent = useRecentNetworks()
  const toasts = useToastsStore()

  /** Whether what was kept is back on the bench, or cannot be had yet. */
  const ready = ref(false)
  /** Whether the lab has the bench as it is now. */
  const state = ref<'kept' | 'keeping' | 'failed' | 'apart'>('kept')
  /** The bench of another window that went apart from this one. */
  const other = shallowRef<Bench | null>(null)
  let opening: Promise<void> | null = null
  /** Nothing is written before what was kept has been read: it would be lost. */
  let hasRead = false
  let kept: Bench | null = null
  /** What the lab has, and what it is being sent, of which it tells every window. */
  let known: string | null = null
  const sent = new Set<string>()

  const isEmpty = ({ origin, history: { past, present } }: Bench) =>
    origin === null && present.layers.length + past.length === 0

  async function keep(): Promise<void> {
    const { bench } = draft
    if (!hasRead || bench === kept || isEmpty(bench)) return
    if (other.value) {
      kept = bench
      return recent.add(bench)
    }
    const text = writeBench(bench)
    sent.add(text)
    try {
      await lab.request('settings.set', { key: DRAFT_KEY, value: text })
      known = text
      kept = bench
      if (other.value) return
      state.value = draft.bench === bench ? 'kept' : 'keeping'
      // Another window's edit may have come meanwhile, which the lab would otherwise not have any more.
      if (draft.bench !== bench) void keepSoon()
    } catch {
      // The status bar says that the lab is away; the bench is kept when it is back.
      state.value = 'failed'
    } finally {
      sent.delete(text)
    }
  }

  /** Another window has kept this. */
  function hear(text: unknown): void {
    if (!hasRead || typeof text !== 'string' || sent.has(text) || text === known) return
    try {
      const theirs = readBench(text)
      known = text
      if (isEmpty(draft.bench) || goesOnFrom(theirs, draft.bench)) follow(theirs)
      else part(theirs)
    } catch {
      // A later version of the lab may write what this one cannot read.
    }
  }

  function follow(theirs: Bench): void {
    other.value = null
    draft.follow(theirs)
    kept = draft.bench
    state.value = 'kept'
  }

  function part(theirs: Bench): void {
    const isApart = other.value !== null
    other.value = theirs
    if (isApart) return
    state.value = 'apart'
    kept = null
    void keep()
  }

  /** The kept draft comes back, unless something has been put on the bench meanwhile: then it is a recent network. */
  function restore(value: unknown): void {
    if (typeof value !== 'string') return
    known = value
    try {
      const bench = readBench(value)
      if (draft.layers.length > 0 || draft.origin) return recent.add(bench)
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
      recent.read(values)
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

  /** What other windows kept while this one was away comes before what this one did. */
  async function catchUp(): Promise<void> {
    if (!hasRead) return start()
    const values = await lab.request('settings.get', {})
    recent.read(values)
    hear(values[DRAFT_KEY])
    await keep()
  }

  const keepSoon = useDebounceFn(keep, QUIET_MS)
  watch(
    () => draft.bench,
    (bench) => {
      if (bench === kept) return
      if (!other.value) state.value = 'keeping'
      void keepSoon()
    },
  )
  useEventListener(window, 'pagehide', () => void keep())
  useEventListener(document, 'visibilitychange', () => void keep())
  onScopeDispose(() => (hasRead = false))
  onScopeDispose(draft.onLeave((left) => hasRead && recent.add(left)))
  onScopeDispose(lab.subscribe('settings.changed', ({ key, value }) => key === DRAFT_KEY && hear(value)))
  onScopeDispose(lab.onReconnect(() => void catchUp().catch(() => (state.value = 'failed'))))

  return {
    ready,
    state,
    other,
    /** Reads what was kept, once. */
    start,
    /** Puts the other window's bench on this one, which stays a recent network. */
    takeOver(): void {
      const theirs = other.value
      if (!theirs) return
      other.value = null
      draft.put(theirs)
      kept = draft.bench
      state.value = 'kept'
    },
    /** This bench is the one to be kept; the other window's is a recent network. */
    stay(): void {
      if (!other.value) return
      recent.add(other.value)
      other.value = null
      kept = null
      void keep()
    },
  }
})
