import { computed, onScopeDispose, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import { isBinary, type RunSummary } from '#shared/contract/runs.ts'
import { useHistoriesStore } from '../../stores/histories.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { GroupHistory } from '../runs/groupHistory.ts'
import { foldGroups, type RunGroup } from '../runs/groups.ts'
import type { ShownRun } from '../runs/lines.ts'
import { useCurveSettings } from '../runs/useCurveSettings.ts'

/** The mean of a group of runs as one line, and the history that it is read from. */
interface OpenBand {
  /** Who is in it. */
  readonly members: string
  readonly history: GroupHistory
}

/**
 * Groups of runs as one line with a band each: that of the open run unless it is not wanted, one that trained beside
 * it, and whichever the person asks for.
 *
 * @param areTogether whether two runs were trained at the same time.
 */
export function useGroupBands(selected: Ref<RunSummary | null>, areTogether: (a: string, b: string) => boolean) {
  const runs = useRunsStore()
  const histories = useHistoriesStore()
  const { showsBand, over } = useCurveSettings()

  const groups = computed(() => foldGroups(runs.all).flatMap(({ group }) => group ?? []))
  const own = computed(() => groups.value.find(({ id }) => id === selected.value?.groupId) ?? null)
  /** What the person has said about groups that the open run is not in. */
  const choices = shallowReactive(new Map<string, boolean>())
  /** Runs that were trained one after another share no hours of the day. */
  const canShow = computed(() => over.value !== 'wall')

  function trainsBeside(group: RunGroup): boolean {
    const ids = own.value?.runs.map(({ id }) => id) ?? (selected.value ? [selected.value.id] : [])
    return group.runs.some(({ id }) => ids.some((other) => areTogether(id, other)))
  }

  function isShown(group: RunGroup): boolean {
    if (!canShow.value) return false
    if (group.id === own.value?.id) return showsBand.value
    return choices.get(group.id) ?? (showsBand.value && trainsBeside(group))
  }

  function show(group: RunGroup, on: boolean): void {
    if (group.id === own.value?.id) showsBand.value = on
    else choices.set(group.id, on)
  }

  const shown = computed(() => groups.value.filter(isShown))
  const isInBand = (runId: string) => shown.value.some((group) => group.runs.some(({ id }) => id === runId))

  const open = shallowRef<ReadonlyMap<string, OpenBand>>(new Map())
  const membersOf = (group: RunGroup) => group.runs.map(({ id }) => id).join(' ')
  watch(
    // The runs change all the time; who they are seldom does.
    () => shown.value.map((group) => `${group.id} ${membersOf(group)}`).join('\n'),
    () => {
      const before = open.value
      const next = new Map<string, OpenBand>()
      for (const group of shown.value) {
        const members = membersOf(group)
        const kept = before.get(group.id)
        if (kept?.members === members) next.set(group.id, kept)
        else next.set(group.id, { members, history: new GroupHistory(group.runs.map(({ id }) => histories.open(id))) })
      }
      for (const [id, band] of before) if (next.get(id) !== band) band.history.dispose()
      open.value = next
    },
    { immediate: true },
  )
  onScopeDispose(() => open.value.forEach(({ history }) => history.dispose()))

  const bands = computed<Omit<ShownRun, 'colour'>[]>(() =>
    shown.value.flatMap((group) => {
      const history = open.value.get(group.id)?.history
      const name = `${group.name}, mean of ${group.runs.length}`
      return history ? [{ id: group.id, name, binary: isBinary(group.runs[0]!), history }] : []
    }),
  )

  return { bands, isInBand, isShown, show, canShow }
}
