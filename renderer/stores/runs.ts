import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { RequestOf } from '#shared/contract/methods.ts'
import { isActive, type Progress, type RunSummary } from '#shared/contract/runs.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { useLabStore } from './lab.ts'

/** Every run the lab knows, kept up to date by its events, and what can be done with one. */
export const useRunsStore = defineStore('runs', () => {
  const lab = useLabStore()
  const byId = shallowReactive(new Map<string, RunSummary>())
  /** Where the active runs stand. */
  const progress = shallowReactive(new Map<string, Progress>())
  /** The step of each run's newest checkpoint, as far as this page has heard of one being written. */
  const savedSteps = shallowReactive(new Map<string, number>())
  /** The lab's word on who begins when. */
  const queueIds = shallowRef<readonly string[]>([])
  const loaded = ref(false)
  const problem = ref<string | null>(null)
  let loading: Promise<void> | null = null

  function take(run: RunSummary): void {
    byId.set(run.id, run)
    if (!isActive(run.status)) progress.delete(run.id)
  }

  function drop(id: string): void {
    byId.delete(id)
    progress.delete(id)
    savedSteps.delete(id)
  }

  async function refresh(): Promise<void> {
    try {
      const [runs, waiting] = await Promise.all([lab.request('runs.list', {}), lab.request('runs.queue', {})])
      queueIds.value = waiting
      const known = new Set(runs.map(({ id }) => id))
      for (const id of [...byId.keys()]) if (!known.has(id)) drop(id)
      runs.forEach(take)
      problem.value = null
      loaded.value = true
      await Promise.all(runs.filter(({ status }) => isActive(status)).map(({ id }) => catchUp(id)))
    } catch (error) {
      problem.value = toErrorMessage(error).message
    }
  }

  /** An active run told where it stands before this page was there to hear it. */
  async function catchUp(id: string): Promise<void> {
    const detail = await lab.request('runs.get', { id })
    if (detail.progress && byId.has(id) && !progress.has(id)) progress.set(id, detail.progress)
  }

  /** Begins to follow the lab's runs; every room may call it, the first call counts. */
  function load(): Promise<void> {
    loading ??= begin()
    return loading
  }

  function begin(): Promise<void> {
    lab.subscribe('run.changed', ({ run, removed }) => (removed ? drop(run.id) : take(run)))
    lab.subscribe('run.progress', ({ runId, progress: now }) => progress.set(runId, now))
    lab.subscribe('queue.changed', ({ runIds }) => (queueIds.value = runIds))
    lab.subscribe('run.saved', ({ runId, step }) => savedSteps.set(runId, step))
    lab.onReconnect(() => void refresh())
    return refresh()
  }

  /** `repeats` makes a group of as many runs, each with the next seed; the first is answered. */
  async function start(spec: NetworkSpec, settings: TrainingSettings, repeats = 1): Promise<RunSummary> {
    const run = await lab.request('runs.start', { spec, settings, repeats })
    takeNew(run)
    return run
  }

  /** Starts several networks that train side by side; of each, its first run is answered. */
  async function startTogether(requests: RequestOf<'runs.startTogether'>['runs']): Promise<RunSummary[]> {
    const started = await lab.request('runs.startTogether', { runs: requests })
    started.forEach(takeNew)
    return started
  }

  /** A run's first event may have come before the answer and know more than it. */
  function takeNew(run: RunSummary): void {
    if (!byId.has(run.id)) take(run)
  }

  async function resume(id: string): Promise<void> {
    take(await lab.request('runs.resume', { id }))
  }

  async function rename(id: string, name: string): Promise<void> {
    take(await lab.request('runs.rename', { id, name }))
  }

  async function remove(id: string): Promise<void> {
    await lab.request('runs.remove', { id })
    drop(id)
  }

  async function restore(id: string): Promise<void> {
    take(await lab.request('runs.restore', { id }))
  }

  const all = computed(() => [...byId.values()].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)))
  /** A run that is said to be queued before its place is known is last. */
  const queue = computed(() => {
    const place = ({ id }: RunSummary) => (queueIds.value.includes(id) ? queueIds.value.indexOf(id) : Infinity)
    return all.value.filter(({ status }) => status === 'queued').toSorted((a, b) => place(a) - place(b) || 0)
  })

  return {
    /** The newest first. */
    all,
    active: computed(() => all.value.filter(({ status }) => isActive(status))),
    /** Runs that wait for their turn, in the order in which they will begin. */
    queue,
    /** Where a run stands in the queue, 1 for the next to begin; `null` for one that does not wait. */
    placeInQueue: (id: string) => queue.value.findIndex((run) => run.id === id) + 1 || null,
    /** Runs with trained weights, which can answer for a digit. */
    usable: computed(() => all.value.filter(({ epochsDone }) => epochsDone > 0)),
    progress,
    savedSteps,
    loaded,
    problem,
    find: (id: string) => byId.get(id),
    load,
    refresh,
    start,
    startTogether,
    pause: (id: string) => lab.request('runs.pause', { id }),
    stop: (id: string) => lab.request('runs.stop', { id }),
    step: (id: string, unit: RequestOf<'runs.step'>['unit']) => lab.request('runs.step', { id, unit }),
    setLearningRate: (id: string, learningRate: number) => lab.request('runs.setLearningRate', { id, learningRate }),
    checkpoint: (id: string) => lab.request('runs.checkpoint', { id }),
    resume,
    rename,
    remove,
    restore,
  }
})
