import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { WeightMode } from '#shared/contract/snapshots.ts'
import { MOST_FILTERS, MOST_WEIGHTS } from '#shared/snapshots/filters.ts'
import { filterSize, type WatchedLayer } from '#shared/snapshots/format.ts'
import { gridFor, pictureOf } from '../../../weights/layout.ts'
import type { PageCache, PageRequest } from '../../../weights/pageCache.ts'
import { flipsBetween, type WeightPage } from '../../../weights/values.ts'

/** Frames that are fetched ahead of the one in view. */
const AHEAD = 6

interface Shown {
  readonly page: WeightPage
  readonly flips: Uint8Array | null
}

/** The filters in view of one layer, as many as fit an area, frame by frame. */
export function useGridPage(options: {
  runId: () => string
  layer: () => WatchedLayer | null
  mode: () => WeightMode
  steps: () => readonly number[]
  index: () => number
  area: { width: Ref<number>; height: Ref<number> }
  pages: PageCache
}) {
  const { runId, layer, mode, steps, index, area, pages } = options
  const from = ref(0)
  const shown = shallowRef<Shown | null>(null)
  const problem = ref<string | null>(null)

  const picture = computed(() => {
    const watched = layer()
    return watched && pictureOf(watched.filter, Math.min(filterSize(watched), MOST_WEIGHTS))
  })
  const grid = computed(() => {
    const watched = layer()
    if (!watched || !picture.value || area.width.value < 1) return null
    const fitting = gridFor(picture.value, watched.filters, { width: area.width.value, height: area.height.value })
    const most = Math.max(1, Math.min(MOST_FILTERS, Math.floor(MOST_WEIGHTS / picture.value.places.length)))
    const columns = Math.min(fitting.columns, most)
    return { ...fitting, columns, rows: Math.min(fitting.rows, Math.max(1, Math.floor(most / columns))) }
  })
  const perPage = computed(() => (grid.value ? grid.value.columns * grid.value.rows : 0))

  function requestFor(at: number): PageRequest | null {
    const watched = layer()
    const step = steps()[at]
    if (!watched || step === undefined || perPage.value === 0) return null
    return { id: runId(), layer: watched.id, mode: mode(), step, from: from.value, count: perPage.value }
  }

  const isReady = (at: number) => {
    const request = requestFor(at)
    return request !== null && pages.peek(request) !== null
  }

  let latest = 0
  async function show(): Promise<void> {
    const request = requestFor(index())
    const turn = ++latest
    if (!request) return
    const before = mode() === 'signs' ? requestFor(index() - 1) : null
    try {
      const [page, previous] = await Promise.all([pages.get(request), before && pages.get(before)])
      if (turn !== latest) return
      shown.value = { page, flips: previous && flipsBetween(previous, page) }
      problem.value = null
      for (let ahead = 1; ahead <= AHEAD; ahead++) {
        const next = requestFor(index() + ahead)
        // What fails ahead fails again, and is told, when it is in view.
        if (next) void pages.get(next).catch(() => undefined)
      }
    } catch (error) {
      if (turn === latest) problem.value = toErrorMessage(error).message
    }
  }

  // By its id: every answer of the lab describes the layer anew.
  watch([runId, () => layer()?.id, mode], () => (shown.value = null), { flush: 'sync' })
  watch([runId, () => layer()?.id], () => (from.value = 0), { flush: 'sync' })
  // A page begins with a whole number of pages before it, whatever the size of the window.
  watch(perPage, (count) => (from.value = count > 0 ? Math.floor(from.value / count) * count : 0))
  watch(() => [requestFor(index()), requestFor(index() - 1)?.step].map((part) => JSON.stringify(part)).join(), show, {
    immediate: true,
  })

  return { shown, problem, picture, grid, from, perPage, isReady }
}
