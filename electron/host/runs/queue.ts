import type { Store } from '#electron/store/store.ts'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { EventHub } from '../events.ts'
import type { RunFiles } from './run-files.ts'
import type { RunSupervisor } from './supervisor.ts'

/** A network and its twin side by side; more would only take the processor from each other. */
const SIDE_BY_SIDE = 2

/** Lets runs begin in turn: as many at once as there is room for, the others wait as `queued`. */
export class RunQueue {
  private readonly store: Store
  private readonly events: EventHub
  private readonly supervisor: RunSupervisor
  private readonly files: RunFiles
  private readonly sideBySide: number
  private readonly waiting: string[] = []

  constructor(store: Store, events: EventHub, supervisor: RunSupervisor, files: RunFiles, sideBySide = SIDE_BY_SIDE) {
    this.store = store
    this.events = events
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
   * wait for their turn.
   *
   * @throws SignumError as `RunSupervisor.start` for the first that cannot be begun; the others are not held up by it.
   */
  submit(runIds: readonly string[]): void {
    for (const runId of runIds) this.change(runId, 'queued')
    this.waiting.push(...runIds)
    const [failure] = this.fill()
    this.announceOrder()
    if (failure) throw failure.error
  }

  /** Begins a waiting run before its turn. */
  beginNow(runId: string): void {
    this.drop(runId)
    this.begin(runId)
  }

  /** A waiting run is stopped without having begun. */
  withdraw(runId: string): void {
    this.drop(runId)
    this.store.runs.update(runId, { status: 'stopped', finishedAt: new Date().toISOString() })
    this.announce(runId)
  }

  /** Nothing begins any more; what waits is found waiting when the lab opens again. */
  close(): void {
    this.waiting.length = 0
  }

  private drop(runId: string): void {
    this.waiting.splice(this.waiting.indexOf(runId), 1)
    this.announceOrder()
  }

  /** Nobody waits for an answer: what cannot be begun is told to all. */
  private fillUnasked(): void {
    if (this.waiting.length === 0) return
    const failures = this.fill()
    this.announceOrder()
    for (const { runId, error } of failures) {
      this.events.emit('lab.notice', { message: `Run ${runId}: ${toErrorMessage(error).message}` })
    }
  }

  /** @returns the runs that could not be begun; the supervisor has left them interrupted, with the reason. */
  private fill(): { runId: string; error: unknown }[] {
    const failures = []
    while (this.waiting.length > 0 && this.supervisor.engines < this.sideBySide) {
      const runId = this.waiting.shift()!
      try {
        this.begin(runId)
      } catch (error) {
        failures.push({ runId, error })
      }
    }
    return failures
  }

  private begin(runId: string): void {
    const { spec, settings } = this.store.runs.record(runId)!
    this.change(runId, 'starting')
    this.supervisor.start({ id: runId, spec, settings }, this.files.hasCheckpoint(runId))
  }

  private change(runId: string, status: 'queued' | 'starting'): void {
    this.store.runs.update(runId, { status, message: null, errorCode: null, finishedAt: null })
    this.announce(runId)
  }

  private announceOrder(): void {
    this.events.emit('queue.changed', { runIds: this.order })
  }

  private announce(runId: string): void {
    const run = this.store.runs.summary(runId)!
    this.events.emit('run.changed', { run, removed: this.store.runs.isHidden(runId) })
  }
}
