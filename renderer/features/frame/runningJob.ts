import { computed, shallowRef, watch } from 'vue'
import { useRunsStore } from '../../stores/runs.ts'

/** Points of the tiny loss line. */
const LOSS_POINTS = 60

/** Where a run at work stands, and its last losses, for the status bar. */
export function useRunningJob(id: () => string) {
  const runs = useRunsStore()
  const losses = shallowRef<readonly number[]>([])
  const progress = computed(() => runs.progress.get(id()) ?? null)

  watch(progress, (now) => {
    const loss = now?.loss
    if (typeof loss === 'number') losses.value = [...losses.value, loss].slice(-LOSS_POINTS)
  })

  return { progress, losses }
}
