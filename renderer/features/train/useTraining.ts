import { computed, shallowReactive, shallowRef, watch } from 'vue'
import { isBinary, type RunSummary } from '#shared/contract/runs.ts'
import { useHistoriesStore } from '../../stores/histories.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { assignColours, type RunColours } from '../runs/colours.ts'
import type { ShownRun } from '../runs/lines.ts'
import { useGroupBands } from './useGroupBands.ts'

/** Which run Train is about, and which others lie over it in its charts. */
export function useTraining() {
  const runs = useRunsStore()
  const room = useRoomStore()
  const histories = useHistoriesStore()

  /** The run shown last: it stays when another starts or this one ends. */
  const lastId = shallowRef<string | null>(null)
  /** The run that was opened here, else the one shown last, the first at work, the newest of all. */
  const selected = computed(() => {
    const opened = room.detailOf('train')
    const found = (opened && runs.find(opened)) || (lastId.value && runs.find(lastId.value))
    return found || runs.active.at(-1) || runs.all[0] || null
  })
  watch(
    () => selected.value?.id ?? null,
    (id) => (lastId.value = id),
    { immediate: true },
  )

  /** Pairs of runs seen at work at the same time: they are compared unless the person says no. */
  const pairs = shallowReactive(new Set<string>())
  watch(
    () => runs.active.map(({ id }) => id),
    (ids) => ids.forEach((a) => ids.forEach((b) => pairs.add(`${a} ${b}`))),
    { immediate: true },
  )
  const areTogether = (a: string, b: string) => pairs.has(`${a} ${b}`)

  const { bands, isInBand, ...group } = useGroupBands(selected, areTogether)

  /** What the person has said about laying a run over the open one. */
  const choices = shallowReactive(new Map<string, boolean>())
  const isCompared = (id: string) =>
    choices.get(id) ?? (!isInBand(id) && selected.value !== null && areTogether(id, selected.value.id))
  const others = computed(() => runs.all.filter(({ id }) => id !== selected.value?.id && isCompared(id)))

  const colours = shallowRef<RunColours>(new Map())
  watch(
    () => [
      ...(selected.value ? [selected.value.id] : []),
      ...bands.value.map(({ id }) => id),
      ...others.value.map(({ id }) => id),
    ],
    (ids) => (colours.value = assignColours(colours.value, ids)),
    { immediate: true },
  )

  const history = computed(() => (selected.value ? histories.open(selected.value.id) : null))
  const toShown = (run: RunSummary): ShownRun => ({
    id: run.id,
    name: run.name,
    colour: colours.value.get(run.id) ?? 'run-1',
    binary: isBinary(run),
    history: histories.open(run.id),
  })
  const shown = computed<ShownRun[]>(() => {
    if (!selected.value) return []
    const means = bands.value.map((band) => ({ ...band, colour: colours.value.get(band.id) ?? 'run-2' }))
    return [toShown(selected.value), ...means, ...others.value.map(toShown)]
  })

  return {
    selected,
    history,
    shown,
    colours,
    progress: computed(() => (selected.value ? (runs.progress.get(selected.value.id) ?? null) : null)),
    isCompared,
    group,
    compare: (id: string, on: boolean) => choices.set(id, on),
    select: (id: string) => room.go('train', id),
  }
}
