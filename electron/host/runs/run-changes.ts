import type { RunChange } from '#electron/store/repositories/runs.ts'
import type { Store } from '#electron/store/store.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import type { EventHub } from '../events.ts'

/** The one way in which runs that stand in the store are changed: every window hears of it. */
export class RunChanges {
  private readonly store: Store
  private readonly events: EventHub

  constructor(store: Store, events: EventHub) {
    this.store = store
    this.events = events
  }

  /** @returns the run as it stands then. */
  apply(runId: string, change: RunChange): RunSummary {
    this.store.runs.update(runId, change)
    return this.announce(runId)
  }

  /** Tells what a run has become, where more than its own row was changed. */
  announce(runId: string): RunSummary {
    const run = this.store.runs.summary(runId)!
    this.events.emit('run.changed', { run, removed: this.store.runs.isHidden(runId) })
    return run
  }
}
