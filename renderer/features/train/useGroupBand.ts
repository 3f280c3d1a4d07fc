import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RunSummary } from '#shared/contract/runs.ts'
import { useHistoriesStore } from '../../stores/histories.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { foldGroups } from '../runs/groups.ts'
import { GroupHistory } from '../runs/groupHistory.ts'
import type { ShownRun } from '../runs/lines.ts'
import { useCurveSettings } from '../runs/useCurveSettings.ts'

/** The group of the open run as one line with a band, where the person wants to see it so. */
export function useGroupBand(selected: Ref<RunSummary | null>) {
  const runs = useRunsStore()
  const histories = useHistoriesStore()
  const { showsBand, over } = useCurveSettings()

  const group = computed(() => {
    const id = selected.value?.groupId
    if (!id) return null
    const [entry] = foldGroups(runs.all.filter(({ groupId }) => groupId === id))
    return entry?.group ?? null
  })
  /** Runs that were trained one after another share no hours of the day. */
  const isShown = computed(() => group.value !== null && showsBand.value && over.value !== 'wall')

  const history = shallowRef<GroupHistory | null>(null)
  watch(
    // The runs change all the time; who they are seldom does.
    () => (isShown.value ? group.value!.runs.map(({ id }) => id).join(' ') : ''),
    (ids) => {
      history.value?.dispose()
      history.value = ids ? new GroupHistory(ids.split(' ').map((id) => histories.open(id))) : null
    },
    { immediate: true },
  )
  onScopeDispose(() => history.value?.dispose())

  const label = computed(() => group.value && `${group.value.name}, mean of ${group.value.runs.length}`)
  const id = computed(() => group.value?.id ?? null)
  const band = computed<Pick<ShownRun, 'id' | 'name' | 'history'> | null>(() => {
    if (!history.value || !id.value || !label.value) return null
    return { id: id.value, name: label.value, history: history.value }
  })
  const isInBand = (runId: string) => isShown.value && group.value!.runs.some((run) => run.id === runId)

  return { band, isInBand }
}
