import { computed, shallowReactive, shallowRef, watch } from 'vue'
import { useHistoriesStore } from '../../stores/histories.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { assignColours, type RunColours } from '../runs/colours.ts'
import { isBinary } from '../runs/labels.ts'
import type { ShownRun } from '../runs/lines.ts'

/** Which run Train is about, and which others lie over it in its charts. */
export function useTraining() {
  const runs = useRunsStore()
  const room = useRoomStore()
  const histories = useHistoriesStore()

  /** The run that was opened here, else the first at work, else the newest of all. */
  const selected = computed(() => {
    const opened = room.detailOf('train')
    return (opened && runs.find(opened)) || runs.active.at(-1) || runs.all[0] || null
  })

  const compared = shallowReactive(new Map<string, boolean>())
  // Runs at work together were started together: they are compared unless the person says no.
  watch(
    () => runs.active.map(({ id }) => id),
    (ids) => ids.forEach((id) => compared.has(id) || compared.set(id, true)),
    { immediate: true },
  )
  const others = computed(() => runs.all.filter(({ id }) => id !== selected.value?.id && compared.get(id)))

  const colours = shallowRef<RunColours>(new Map())
  watch(
    () => [...(selected.value ? [selected.value.id] : []), ...others.value.map(({ id }) => id)],
    (ids) => (colours.value = assignColours(colours.value, ids)),
    { immediate: true },
  )

  const history = computed(() => (selected.value ? histories.open(selected.value.id) : null))
  const shown = computed<ShownRun[]>(() =>
    (selected.value ? [selected.value, ...others.value] : []).map((run) => ({
      id: run.id,
      name: run.name,
      colour: colours.value.get(run.id) ?? 'run-1',
      binary: isBinary(run),
      history: histories.open(run.id),
    })),
  )

  return {
    selected,
    history,
    shown,
    colours,
    progress: computed(() => (selected.value ? (runs.progress.get(selected.value.id) ?? null) : null)),
    isCompared: (id: string) => compared.get(id) ?? false,
    compare: (id: string, on: boolean) => compared.set(id, on),
    select: (id: string) => room.go('train', id),
  }
}
