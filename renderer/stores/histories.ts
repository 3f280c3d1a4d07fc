import { defineStore } from 'pinia'
import { markRaw } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { useLabStore } from './lab.ts'
import { RunHistory } from './runHistory.ts'

/** How many runs stay in memory: more than can be compared at once, at some hundred kilobytes each. */
const KEPT = 48

/**
 * What was measured in the runs that are being looked at: fetched once, then kept up by events. Events that were missed
 * show as a gap, which is fetched.
 */
export const useHistoriesStore = defineStore('histories', () => {
  const lab = useLabStore()
  const opened = new Map<string, RunHistory>()
  const fetching = new Map<string, Promise<void>>()
  /** Runs whose status or marks changed while they were being fetched. */
  const outdated = new Set<string>()
  let isFollowing = false

  function follow(): void {
    if (isFollowing) return
    isFollowing = true
    lab.subscribe('run.steps', ({ runId, columns }) => {
      const history = opened.get(runId)
      if (history && !history.append(columns)) void fetch(history, history.step.length + 1)
    })
    lab.subscribe('run.epoch', ({ runId, epoch }) => opened.get(runId)?.addEpoch(epoch))
    lab.subscribe('run.marked', ({ runId, mark }) => {
      // An answer that is under way may have been given before the mark.
      if (fetching.has(runId)) outdated.add(runId)
      opened.get(runId)?.addMark(mark)
    })
    // A new status brings new provenance, and the last steps before it may have gone unheard.
    lab.subscribe('run.changed', ({ run, removed }) => {
      const history = opened.get(run.id)
      if (!history) return
      if (removed) opened.delete(run.id)
      else if (fetching.has(run.id)) outdated.add(run.id)
      else if (run.status !== history.detail.value?.status) void fetch(history, history.step.length + 1)
    })
    lab.onReconnect(() => opened.forEach((history) => void fetch(history, 1)))
  }

  /** The history of a run, at once; what is already known of it arrives in its columns. */
  function open(id: string): RunHistory {
    follow()
    const history = opened.get(id) ?? markRaw(new RunHistory(id))
    const isNew = !opened.has(id)
    // The last opened is the last to go.
    opened.delete(id)
    opened.set(id, history)
    if (isNew) void fetch(history, 1)
    for (const oldest of opened.keys()) {
      if (opened.size <= KEPT) break
      opened.delete(oldest)
    }
    return history
  }

  /** One request a run at a time: a gap seen while another is being filled shows again with the next steps. */
  function fetch(history: RunHistory, from: number): Promise<void> {
    const running = fetching.get(history.id)
    if (running) return running
    const started = fill(history, from).finally(() => fetching.delete(history.id))
    fetching.set(history.id, started)
    return started.then(() => {
      if (outdated.delete(history.id)) return fetch(history, history.step.length + 1)
    })
  }

  async function fill(history: RunHistory, from: number): Promise<void> {
    const { id } = history
    try {
      const [detail, columns] = await Promise.all([
        lab.request('runs.get', { id }),
        lab.request('runs.steps', { id, from }),
      ])
      history.detail.value = detail
      // Events may have told of an epoch that this answer does not know yet.
      if (from === 1 || detail.epochRecords.length >= history.epochRecords.value.length) {
        history.setEpochs(detail.epochRecords)
      }
      history.replace(columns)
      history.problem.value = null
    } catch (error) {
      history.problem.value = toErrorMessage(error).message
    }
  }

  return { open, whenFetched: (id: string) => fetching.get(id) ?? Promise.resolve() }
})
