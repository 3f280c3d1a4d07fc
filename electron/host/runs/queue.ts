import type { Store } from '#electron/store/store.ts'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { EventHub } from '../events.ts'
import type { RunChanges } from './run-changes.ts'
import type { RunFiles } from './run-files.ts'
import type { RunSupervisor } from './supervisor.ts'
import { threadsOf } from './threads.ts'

/** A network and its twin side by side; more would only take the processor from each other. */
const SIDE_BY_SIDE = 2

/** A run that could not be begun, and why. */
interface Failure {
  readonly runId: string
  readonly error: unknown
}

/** Lets runs begin in turn: as many at once as there is room for, the others wait as `queued`. */
export class RunQueue {
  private readonly store: Store
  private readonly events: EventHub
  private readonly changes: RunChanges
  private readonly supervisor: RunSupervisor
  private readonly files: RunFiles
  private readonly sideBySide: number
  private readonly waiting: string[] = []

  constructor(
    store: Store,
    events: EventHub,
    changes: RunChanges,
    supervisor: RunSupervisor,
    files: RunFiles,
    sideBySide = SIDE_BY_SIDE,
  ) {
    this.store = store
    this.events = events
    this.changes = changes
    this.supervisor = supervisor
    this.files = files
    this.sideBySide = sideBySide
    supervisor.onVacancy(() => this.fillUnasked())
  }

  isWaiting(runId: string): boolean {
    return this.waiting.includes(runId)
  }

  /** The waiting runs, the next first. */
  get order(): string[] {
    return [...this.waiting]
  }

  /**
   * Begins runs that stand in the store, each from its newest checkpoint if it has one; those for which there is no room
   * wait for their turn. One that cannot be begun is left interrupted, with the reason, and holds up none of the others:
   * it is as if its engine had died a moment later.
   *
   * @throws SignumError as `RunSupervisor.start` where none of them can be begun and none waits.
   */
  submit(runIds: readonly string[]): void {
    for (const runId of runIds) {
      this.change(runId, 'queued')
      this.supervisor.forgetEnd(runId)
    }
    this.waiting.push(...runIds)
    const failures = this.fill()
    this.announceOrder()
    const own = failures.filter(({ runId }) => runIds.includes(runId))
    const isRefused = own.length === runIds.length
    this.tell(isRefused ? failures.filter((failure) => !own.includes(failure)) : failures)
    if (isRefused) throw own[0]!.error
  }

  /** Begins a waiting run before its turn. */
  beginNow(runId: string): void {
    this.drop(runId)
    this.begin(runId, this.supervisor.training + 1)
  }

  /** A waiting run is stopped without having begun. */
  withdraw(runId: string): void {
    this.drop(runId)
    this.changes.apply(runId, { status: 'stopped', finishedAt: new Date().toISOString() })
  }

  /** Nothing begins any more; what waits is found waiting when the lab opens again. */
  close(): void {
    this.waiting.length = 0
  }

  private drop(runId: string): void {
    this.waiting.splice(this.waiting.indexOf(runId), 1)
    this.announceOrder()
  }

  private fillUnasked(): void {
    if (this.waiting.length === 0) return
    const failures = this.fill()
    this.announceOrder()
    this.tell(failures)
  }

  /** Of what nobody gets as an answer, everybody hears. */
  private tell(failures: readonly Failure[]): void {
    for (const { runId, error } of failures) {
      this.events.emit('lab.notice', { message: `Run ${runId}: ${toErrorMessage(error).message}` })
    }
  }

  /** @returns the runs that could not be begun; the supervisor has left them interrupted, with the reason. */
  private fill(): Failure[] {
    const failures: Failure[] = []
    const room = Math.max(0, this.sideBySide - this.supervisor.engines)
    const together = this.supervisor.training + Math.min(room, this.waiting.length)
    while (this.waiting.length > 0 && this.supervisor.engines < this.sideBySide) {
      const runId = this.waiting.shift()!
      try {
        this.begin(runId, together)
      } catch (error) {
        failures.push({ runId, error })
      }
    }
    return failures
  }

  /** @param together runs that train from now on, this one among them. */
  private begin(runId: string, together: number): void {
    const record = this.store.runs.record(runId)!
    const settings = { ...record.settings, threads: threadsOf(record, together) }
    this.change(runId, 'starting')
    this.supervisor.start({ id: runId, spec: record.spec, settings }, this.files.hasCheckpoint(runId))
  }

  private change(runId: string, status: 'queued' | 'starting'): void {
    this.changes.apply(runId, { status, message: null, errorCode: null, finishedAt: null })
  }

  private announceOrder(): void {
    this.events.emit('queue.changed', { runIds: this.order })
  }
}
