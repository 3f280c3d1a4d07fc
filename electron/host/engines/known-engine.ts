import type { EngineDescription } from '#electron/engine/protocol.ts'
import type { Store } from '#electron/store/store.ts'
import type { EventHub } from '../events.ts'

type Backend = Pick<EngineDescription, 'backendVersion' | 'kernels'>

/** What the engines have said of themselves: the last word counts, be it one from before the lab was opened. */
export class KnownEngine {
  private readonly store: Store
  private readonly events: EventHub
  private last: Backend | null = null

  constructor(store: Store, events: EventHub) {
    this.store = store
    this.events = events
  }

  /** The backend and kernels used last, or null where nothing was ever computed. */
  get backend(): Backend | null {
    return (this.last ??= this.ofNewestRun())
  }

  learn({ backendVersion, kernels }: Backend): void {
    const { last } = this
    this.last = { backendVersion, kernels }
    if (last?.backendVersion !== backendVersion || last.kernels !== kernels) this.events.emit('lab.changed', {})
  }

  private ofNewestRun(): Backend | null {
    for (const { id, backend } of this.store.runs.list()) {
      const provenance = backend ? this.store.runs.record(id)?.provenance : null
      if (provenance?.backendVersion) return { backendVersion: provenance.backendVersion, kernels: provenance.kernels }
    }
    return null
  }
}
