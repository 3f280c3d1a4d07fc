import { onScopeDispose, ref, shallowRef } from 'vue'
import { isActive, type Progress, type RunSummary } from '#shared/contract/runs.ts'
import { useLabStore } from '../../stores/lab.ts'

/** Points of the tiny loss line. */
const LOSS_POINTS = 60

/** The run that is at work, for the status bar: the oldest of them where there are several. */
export function useRunningJob() {
  const lab = useLabStore()
  const active = ref(new Map<string, RunSummary>())
  const job = shallowRef<RunSummary | null>(null)
  const progress = shallowRef<Progress | null>(null)
  const losses = shallowRef<readonly number[]>([])

  function choose(): void {
    const next = [...active.value.values()].sort((a, b) => a.createdAt.localeCompare(b.createdAt))[0] ?? null
    if (next?.id !== job.value?.id) {
      progress.value = null
      losses.value = []
    }
    job.value = next
  }

  function take(run: RunSummary, removed = false): void {
    if (isActive(run.status) && !removed) active.value.set(run.id, run)
    else active.value.delete(run.id)
    choose()
  }

  async function refresh(): Promise<void> {
    const runs = await lab.request('runs.list', {}).catch(() => [])
    active.value.clear()
    for (const run of runs) take(run)
    choose()
  }

  const stops = [
    lab.subscribe('run.changed', ({ run, removed }) => take(run, removed)),
    lab.subscribe('run.progress', ({ runId, progress: now }) => {
      if (runId !== job.value?.id) return
      progress.value = now
      if (now.loss !== null) losses.value = [...losses.value, now.loss].slice(-LOSS_POINTS)
    }),
    lab.onReconnect(() => void refresh()),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  void refresh()

  return { job, count: () => active.value.size, progress, losses }
}
