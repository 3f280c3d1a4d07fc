import type { Method, Network, ResponseOf, ValidRequestOf } from '#shared/contract/methods.ts'
import type { DoctorCheck, LabInfo } from '#shared/contract/methods.ts'
import type { Store } from '#electron/store/store.ts'
import type { KnownEngine } from './engines/known-engine.ts'
import type { InferenceClient } from './engines/inference-client.ts'
import type { EventHub } from './events.ts'
import type { RunQueue } from './runs/queue.ts'
import type { RunChanges } from './runs/run-changes.ts'
import type { RunFiles } from './runs/run-files.ts'
import type { RunSupervisor } from './runs/supervisor.ts'

/** What the handlers work with. */
export interface HostContext {
  readonly application: {
    readonly version: string
    readonly commit: string | null
    readonly kind: LabInfo['host']
    readonly dataFolder: string
  }
  readonly doctor: () => Promise<DoctorCheck[]>
  readonly presets: readonly Network[]
  readonly store: Store
  readonly events: EventHub
  readonly changes: RunChanges
  readonly files: RunFiles
  readonly engine: KnownEngine
  readonly supervisor: RunSupervisor
  readonly queue: RunQueue
  readonly inference: InferenceClient
}

export type Handler<M extends Method> = (input: ValidRequestOf<M>) => ResponseOf<M> | Promise<ResponseOf<M>>

export type Handlers = { readonly [M in Method]: Handler<M> }

/** The handlers of one domain: `HandlersOf<'runs'>` answers every `runs.…`. */
export type HandlersOf<Domain extends string> = Pick<Handlers, Extract<Method, `${Domain}.${string}`>>
