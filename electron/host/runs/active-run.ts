import type { StepUnit, TrainingCommand, TrainingJob, TrainingReport } from '#electron/engine/protocol.ts'
import { toErrorMessage, type ErrorCode } from '#shared/contract/errors.ts'
import { describeExit } from '../engines/exit-words.ts'
import type { SupervisionLimits } from '../engines/limits.ts'
import { memoryExcess } from '../engines/memory-excess.ts'
import { parseTrainingReport } from '../engines/reports.ts'
import type { EngineExit, EngineProcess } from '../launcher.ts'
import type { RunFiles } from './run-files.ts'
import type { RunRecorder } from './run-recorder.ts'

type LastWord = 'finished' | 'stopped' | 'failed'
const LAST_WORDS: ReadonlySet<TrainingReport['type']> = new Set<LastWord>(['finished', 'stopped', 'failed'])

/**
 * One training run with its engine process, from the spawn to the exit. However it ends, the run is left with an end
 * status and the process is gone.
 */
export class ActiveRun {
  /** Settles when the process is gone and the end is recorded, or is left as `openEnd`. */
  readonly ended: Promise<void>
  private readonly process: EngineProcess
  private readonly recorder: RunRecorder
  private readonly files: RunFiles
  private readonly limits: SupervisionLimits
  private readonly watch: NodeJS.Timeout
  private deadline: NodeJS.Timeout | undefined
  private lastReportAt = performance.now()
  private paused = false
  private stalled = false
  private killAt = Infinity
  /** How the run ended, where that is still to be recorded. */
  private end: { readonly code: ErrorCode; readonly message: string } | null = null
  /** The run is over; only the exit of the process is still to come. */
  private concluded = false

  constructor(
    job: TrainingJob,
    process: EngineProcess,
    recorder: RunRecorder,
    files: RunFiles,
    limits: SupervisionLimits,
  ) {
    this.process = process
    this.recorder = recorder
    this.files = files
    this.limits = limits
    this.watch = setInterval(() => this.lookAfter(), limits.checkEveryMs)
    this.ended = new Promise((resolve) => {
      process.onExit((exit) => {
        this.exited(exit)
        resolve()
      })
    })
    process.onMessage((message) => this.receive(message))
    this.post({ type: 'train', job })
  }

  /** Whether the run has come to its end, though its process may still be leaving. */
  get isOver(): boolean {
    return this.concluded
  }

  /** Writes the end of the run, where that has failed so far. */
  get openEnd(): (() => void) | null {
    const { end } = this
    return end && (() => this.recorder.interrupted(end.code, end.message))
  }

  get progress() {
    return this.recorder.progress
  }

  pause(): void {
    this.post({ type: 'pause' })
  }

  resume(): void {
    this.post({ type: 'resume' })
  }

  step(unit: StepUnit): void {
    this.post({ type: 'step', unit })
  }

  setLearningRate(learningRate: number): void {
    this.post({ type: 'learningRate', learningRate })
  }

  save(): void {
    this.post({ type: 'save' })
  }

  /**
   * Asks for an end with a checkpoint; an engine that has not heeded it after `withinMs` is killed. Asked again, the
   * sooner end counts.
   */
  stop(withinMs = this.limits.stopWithinMs): void {
    const killAt = performance.now() + (this.stalled ? 0 : withinMs)
    if (killAt >= this.killAt) return
    if (this.killAt === Infinity) this.post({ type: 'stop' })
    this.killAfter(Math.max(0, killAt - performance.now()), () => {
      this.conclude('engine_stalled', 'The engine was ended before it had stopped by itself.')
    })
  }

  private post(command: TrainingCommand): void {
    this.process.post(command)
  }

  private receive(message: unknown): void {
    if (this.concluded) return
    this.lastReportAt = performance.now()
    try {
      if (this.stalled) this.recorder.remark(null, null)
      this.stalled = false
      const report = parseTrainingReport(message)
      if (report.type === 'paused') this.paused = true
      if (report.type === 'resumed') this.paused = false
      this.recorder.record(report, () => this.files.hasCheckpoint(this.recorder.runId))
      if (LAST_WORDS.has(report.type)) this.expectExit()
    } catch (error) {
      this.abandon(error)
    }
  }

  /** The end of the run is recorded; the process has only to leave. */
  private expectExit(): void {
    this.concluded = true
    this.killAfter(this.limits.exitWithinMs, () => {})
  }

  private killAfter(milliseconds: number, before: () => void): void {
    clearTimeout(this.deadline)
    this.killAt = performance.now() + milliseconds
    this.deadline = setTimeout(() => {
      before()
      this.process.kill()
    }, milliseconds)
  }

  private lookAfter(): void {
    if (this.concluded) return
    const excess = memoryExcess(this.process, this.limits, 'Choose a smaller batch or network.')
    if (excess) return this.abandon(excess)
    const silence = performance.now() - this.lastReportAt
    if (!this.paused && !this.stalled && silence > this.limits.stalledAfterMs) {
      this.stalled = true
      this.remarkSilence()
    }
  }

  private remarkSilence(): void {
    const seconds = Math.round(this.limits.stalledAfterMs / 1000)
    const message = `The engine has not reported for ${seconds} s. Wait for it, or stop the run.`
    try {
      this.recorder.remark('engine_stalled', message)
    } catch (error) {
      this.abandon(error)
    }
  }

  /** Nothing can be recorded or understood, or too much is taken: an engine that works on would do so for nothing. */
  private abandon(error: unknown): void {
    const { code, message } = toErrorMessage(error)
    this.conclude(code, message)
    this.process.kill()
  }

  private conclude(code: ErrorCode, message: string): void {
    if (this.concluded) return
    this.concluded = true
    this.end = { code, message }
    const problem = this.tryToRecordEnd()
    if (problem) this.recorder.notice(problem)
  }

  /** @returns why it cannot be recorded, or null when it is. */
  private tryToRecordEnd(): string | null {
    try {
      if (this.end) this.recorder.interrupted(this.end.code, this.end.message)
      this.end = null
      return null
    } catch (error) {
      return toErrorMessage(error).message
    }
  }

  private exited(exit: EngineExit): void {
    clearInterval(this.watch)
    clearTimeout(this.deadline)
    this.conclude('engine_died', describeExit(exit))
    try {
      // Once more, if the database could not be written when the run ended.
      if (this.tryToRecordEnd() !== null && this.end) this.recorder.tellEnd(this.end.code, this.end.message)
      this.files.removeUnfinished(this.recorder.runId)
    } catch (error) {
      this.recorder.notice(toErrorMessage(error).message)
    }
  }
}
