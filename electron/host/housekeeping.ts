import type { Store } from '#electron/store/store.ts'
import type { RunFiles } from './runs/run-files.ts'

/** How long a deleted run can be brought back. */
const RESTORABLE_MS = 30 * 24 * 3600 * 1000

/** Puts right what the last process left behind; done once, before anything is asked. */
export function tidyUp(store: Store, files: RunFiles, now = Date.now()): void {
  for (const id of store.runs.activeIds()) {
    files.removeUnfinished(id)
    store.runs.update(id, {
      status: 'interrupted',
      errorCode: 'engine_died',
      message: 'The lab ended while this run was being trained.',
      finishedAt: new Date(now).toISOString(),
    })
  }
  for (const id of store.runs.queuedIds()) {
    store.runs.update(id, {
      status: 'interrupted',
      message: 'The lab was closed before its turn came. Resume it to train it.',
      finishedAt: new Date(now).toISOString(),
    })
  }
  for (const id of store.runs.idsHiddenBefore(new Date(now - RESTORABLE_MS).toISOString())) {
    // The files first: if that fails halfway, the run is still known and is cleared out next time.
    files.remove(id)
    store.runs.delete(id)
  }
}
