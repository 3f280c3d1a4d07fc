import type { EngineDescription, TrainingReport } from '#electron/engine/protocol.ts'
import type { Store } from '#electron/store/store.ts'
import type { RunChange } from '#electron/store/repositories/runs.ts'
import type { ErrorCode } from '#shared/contract/errors.ts'
import type { Progress } from '#shared/contract/runs.ts'
import type { EventHub } from '../events.ts'
import { withEngine } from '../provenance.ts'
import type { RunChanges } from './run-changes.ts'

/** Another try cannot help a run that ended like this. */
const FINAL_FAILURES: ReadonlySet<ErrorCode> = new Set([
  'diverged',
  'checkpoint_damaged',
  'invalid_spec',
  'invalid_shape',
  'invalid_settings',
  'unknown_dataset',
])

/** Epochs of a run whose single answers are kept. */
const MOST_PREDICTED_EPOCHS = 200

/** Writes what one engine reports about one run into the store and tells the windows. */
export class RunRecorder {
  readonly runId: string
  private readonly store: Store
  private readonly events: EventHub
  private readonly changes: RunChanges
  private readonly onEngine: (engine: EngineDescription) => void
  private seconds = 0
  private latest: Progress | null = null

  constructor(
    runId: string,
    store: Store,
    events: EventHub,
    changes: RunChanges,
    onEngine: (engine: EngineDescription) => void,
  ) {
    this.runId = runId
    this.store = store
    this.events = events
    this.changes = changes
    this.onEngine = onEngine
  }

  /** Where the run stands, as the engine last said. */
  get progress(): Progress | null {
    return this.latest
  }

  record(report: TrainingReport, hasCheckpoint: () => boolean): void {
    switch (report.type) {
      case 'started':
        return this.started(report)
      case 'progress':
        this.latest = report.progress
        this.seconds = report.progress.elapsedSeconds
        return this.events.emit('run.progress', { runId: this.runId, progress: report.progress })
      case 'steps':
        this.store.steps.put(this.runId, report.columns)
        this.seconds = Math.max(this.seconds, report.columns.seconds.at(-1) ?? 0)
        return this.events.emit('run.steps', { runId: this.runId, columns: report.columns })
      case 'epoch':
        return this.epochEnded(report)
      case 'checkpoint':
        // The files themselves tell which checkpoints there are.
        return this.events.emit('run.saved', { runId: this.runId, epoch: report.epoch, step: report.step })
      case 'snapshot':
        return this.events.emit('run.snapshot', { runId: this.runId, step: report.step })
      case 'notice':
        return this.notice(report.message)
      case 'paused':
        return this.change({ status: 'paused', seconds: this.seconds })
      case 'resumed':
        this.beginStretch()
        return this.change({ status: 'running' })
      case 'marked':
        this.store.marks.put(this.runId, report.mark)
        return this.events.emit('run.marked', { runId: this.runId, mark: report.mark })
      case 'finished': {
        const { stepMs, seconds, keptEpoch, remark } = report
        return this.end({ status: 'finished', stepMs, seconds, keptEpoch, message: remark })
      }
      case 'stopped':
        return this.end({ status: 'stopped', seconds: report.seconds })
      case 'failed': {
        const { code, message } = report.error
        const curable = !FINAL_FAILURES.has(code) && hasCheckpoint()
        this.seconds = Math.max(this.seconds, report.seconds)
        return this.end({ status: curable ? 'interrupted' : 'failed', message, errorCode: code, seconds: this.seconds })
      }
    }
  }

  /** The engine ended, or was ended, without having said how the run ends. */
  interrupted(errorCode: ErrorCode, message: string): void {
    this.end({ status: 'interrupted', errorCode, message, seconds: this.seconds })
  }

  /** Such an end where the store cannot keep it, for those who wait for it. */
  tellEnd(errorCode: ErrorCode, message: string): void {
    const run = this.store.runs.summary(this.runId)!
    const ended = { status: 'interrupted', errorCode, message, finishedAt: new Date().toISOString() } as const
    this.events.emit('run.changed', { run: { ...run, ...ended }, removed: this.store.runs.isHidden(this.runId) })
  }

  /** A word on a run that goes on; `null` takes it back. */
  remark(errorCode: ErrorCode | null, message: string | null): void {
    this.change({ errorCode, message })
  }

  /** Something about this run that the store cannot keep. */
  notice(message: string): void {
    this.events.emit('lab.notice', { message: `Run ${this.runId}: ${message}` })
  }

  private started(report: Extract<TrainingReport, { type: 'started' }>): void {
    this.onEngine(report.engine)
    this.seconds = report.secondsDone
    this.store.transaction(() => {
      // What was recorded after the checkpoint is trained, and recorded, again.
      this.store.epochs.deleteAfter(this.runId, report.epochsDone)
      this.store.steps.deleteAfter(this.runId, report.stepsDone)
      this.store.predictions.deleteAfter(this.runId, report.epochsDone)
      this.store.marks.deleteAfter(this.runId, report.stepsDone)
      this.store.stretches.deleteAfter(this.runId, report.secondsDone)
      this.beginStretch()
      const record = this.store.runs.record(this.runId)!
      const provenance = withEngine(record.provenance, report.engine)
      this.store.runs.update(this.runId, { status: 'running', seconds: report.secondsDone, provenance })
    })
    this.changes.announce(this.runId)
  }

  /** What is trained from now on is trained now. */
  private beginStretch(): void {
    this.store.stretches.put(this.runId, { seconds: this.seconds, beganAt: new Date().toISOString() })
  }

  private epochEnded({ epoch, stepMs, predictions }: Extract<TrainingReport, { type: 'epoch' }>): void {
    this.store.transaction(() => {
      this.store.epochs.put(this.runId, epoch)
      const { epochs } = this.store.runs.summary(this.runId)!
      if (isKept(epoch.epoch, epochs)) this.store.predictions.put(this.runId, epoch.epoch, predictions)
      this.store.runs.update(this.runId, { stepMs, seconds: this.seconds })
    })
    this.events.emit('run.epoch', { runId: this.runId, epoch })
    this.changes.announce(this.runId)
  }

  private end(change: RunChange): void {
    this.latest = null
    this.change({ ...change, finishedAt: new Date().toISOString() })
  }

  private change(change: RunChange): void {
    this.changes.apply(this.runId, change)
  }
}

/** 20 kB an epoch for MNIST: a long run keeps evenly chosen epochs and its last. */
function isKept(epoch: number, epochs: number): boolean {
  return epoch === epochs || epoch % Math.ceil(epochs / MOST_PREDICTED_EPOCHS) === 0
}
