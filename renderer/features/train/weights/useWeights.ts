import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { SnapshotIndex, WeightHistory, WeightMode } from '#shared/contract/snapshots.ts'
import { useLabStore } from '../../../stores/lab.ts'
import { LatestRequest } from '../../../drawing/latest.ts'
import { PageCache } from '../../../weights/pageCache.ts'

/** What a run has recorded of its weights, kept up while it trains. */
export function useWeights(runId: () => string) {
  const lab = useLabStore()
  const index = shallowRef<SnapshotIndex | null>(null)
  const history = shallowRef<WeightHistory | null>(null)
  const problem = ref<string | null>(null)
  const pages = new PageCache((request) => lab.request('weights.snapshot', request))

  const question = new LatestRequest<string, [string, SnapshotIndex, WeightHistory]>({
    send: async (id) => [
      id,
      ...(await Promise.all([lab.request('weights.index', { id }), lab.request('weights.history', { id })])),
    ],
    receive: ([id, newIndex, newHistory]) => {
      if (id !== runId()) return
      // Frames that are no longer there belong to a run that went on from a checkpoint before them.
      const last = index.value?.frames.at(-1)?.step
      if (last !== undefined && !newIndex.frames.some(({ step }) => step === last)) pages.clear()
      index.value = newIndex
      history.value = newHistory
      problem.value = null
    },
    fail: (error) => (problem.value = toErrorMessage(error).message),
  })

  watch(
    runId,
    (id) => {
      index.value = null
      history.value = null
      pages.clear()
      question.submit(id)
    },
    { immediate: true },
  )
  const refresh = () => question.submit(runId())
  const stops = [
    lab.subscribe('run.snapshot', ({ runId: id }) => id === runId() && refresh()),
    lab.subscribe('run.changed', ({ run }) => run.id === runId() && refresh()),
    lab.onReconnect(refresh),
  ]
  onScopeDispose(() => {
    for (const stop of stops) stop()
    question.cancel()
  })

  /** Steps of the frames that can be seen in a mode. */
  const stepsOf = (mode: WeightMode) =>
    index.value?.frames.filter(({ modes }) => modes.includes(mode)).map(({ step }) => step) ?? []

  return { index, history, problem, pages, layers: computed(() => index.value?.layers ?? []), stepsOf, refresh }
}
