import { computed, shallowRef, watch } from 'vue'
import { useRunsStore } from '../../stores/runs.ts'

/** Points of the tiny loss line. */
const LOSS_POINTS = 60

/** The run that is at work, for the status bar: the oldest of them where there are several. */
export function useRunningJob() {
  const runs = useRunsStore()
  const losses = shallowRef<readonly number[]>([])
  const job = computed(() => runs.active.at(-1) ?? null)
  const progress = computed(() => (job.value ? (runs.progress.get(job.value.id) ?? null) : null))

  watch(
    () => job.value?.id,
    () => (losses.value = []),
  )
  watch(progress, (now) => {
    const loss = now?.loss
    if (typeof loss === 'number') losses.value = [...losses.value, loss].slice(-LOSS_POINTS)
  })

  return { job, progress, losses, others: computed(() => Math.max(0, runs.active.length - 1)) }
}
