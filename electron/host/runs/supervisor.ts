import { AUTO_BACKEND_VARIABLE, type StepUnit } from '#electron/engine/protocol.ts'
import type { Store } from '#electron/store/store.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import type { Progress } from '#shared/contract/runs.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { KnownEngine } from '../engines/known-engine.ts'
import type { SupervisionLimits } from '../engines/limits.ts'
import { spawnEngine } from '../engines/spawn.ts'
import type { EventHub } from '../events.ts'
import type { ProcessLauncher } from '../launcher.ts'
import { ActiveRun } from './active-run.ts'
import { OpenEnds } from './open-ends.ts'
import type { RunChanges } from './run-changes.ts'
import type { RunFiles } from './run-files.ts'
import { RunRecorder } from './run-recorder.ts'

interface Supervised {
  readonly id: string
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
}

/** Owns the training engines: one process for every run that is being trained. */
export class RunSupervisor {
  private readonly store: Store
  private readonly events: EventHub
  private readonly changes: RunChanges
  private readonly launcher: ProcessLauncher
  private readonly files: RunFiles
  private readonly limits: SupervisionLimits
  private readonly active = new Map<string, ActiveRun>()
  private readonly openEnds: OpenEnds
  private readonly engine: KnownEngine
  private vacancy: () => void = () => {}
  private closed = false

  constructor(
    store: Store,
    events: EventHub,
    changes: RunChanges,
    launcher: ProcessLauncher,
    files: RunFiles,
    limits: SupervisionLimits,
    engine: KnownEngine,
  ) {
    this.store = store
    this.events = events
    this.changes = changes
    this.launcher = launcher
    this.files = files
    this.limits = limits
    this.engine = engine
    this.openEnds = new OpenEnds(limits.checkEveryMs)
  }

  /**
   * Starts an engine for a run that stands in the store as `starting`. Where that fails, the run is `interrupted`.
   *
   * @throws SignumError `engine_died`, or what `RunFiles.checkpointFolder` throws.
   */
  start(run: Supervised, resume: boolean): void {
    const recorder = new RunRecorder(run.id, this.store, this.events, this.changes, (engine) =>
      this.engine.learn(engine),
    )
    try {
      const job = {
        runId: run.id,
        spec: run.spec,
        settings: run.settings,
        checkpointFolder: this.files.checkpointFolder(run.id),
        ...(run.settings.recordWeights ? { snapshotFolder: this.files.snapshotFolder(run.id) } : {}),
        resume,
      }
      const engine = spawnEngine(this.launcher, 'training', this.environmentOf(run.id))
      const active = new ActiveRun(job, engine, recorder, this.files, this.limits)
      this.active.set(run.id, active)
      void active.ended.then(() => {
        this.active.delete(run.id)
        if (active.openEnd) this.openEnds.keep(run.id, active.openEnd)
        this.vacancy()
      })
    } catch (error) {
      const { code, message } = toErrorMessage(error)
      recorder.interrupted(code, message)
      throw error
    }
  }

  /** A run goes on where it began: another backend rounds in other places. */
  private environmentOf(runId: string): Record<string, string> {
    const backend = this.store.runs.record(runId)?.provenance.backend
    return backend ? { [AUTO_BACKEND_VARIABLE]: backend } : {}
  }

  /** To be told of a run that is to go on, however it ended. */
  forgetEnd(runId: string): void {
    this.openEnds.forget(runId)
  }

  /** Engines at work, or about to leave. */
  get engines(): number {
    return this.active.size
  }

  /** Of those, the ones whose runs are not over. */
  get training(): number {
    return [...this.active.values()].filter(({ isOver }) => !isOver).length
  }

  /** `listener` is called whenever an engine has left. */
  onVacancy(listener: () => void): void {
    this.vacancy = listener
  }

  isActive(runId: string): boolean {
    return this.active.has(runId)
  }

  /**
   * Waits until the engine of a run that is over has left; it is made to within the time limit.
   *
   * @throws SignumError `cancelled` where the lab was closed meanwhile.
   */
  async goneIfOver(runId: string): Promise<void> {
    const run = this.active.get(runId)
    if (run?.isOver) await run.ended
    if (this.closed) throw new SignumError('cancelled', 'The lab is being closed.')
  }

  progress(runId: string): Progress | null {
    return this.active.get(runId)?.progress ?? null
  }

  pause(runId: string): void {
    this.require(runId).pause()
  }

  resume(runId: string): void {
    this.require(runId).resume()
  }

  stop(runId: string): void {
    this.require(runId).stop()
  }

  /** Trains one batch, or up to the end of the epoch, and pauses. */
  step(runId: string, unit: StepUnit): void {
    this.require(runId).step(unit)
  }

  setLearningRate(runId: string, learningRate: number): void {
    this.require(runId).setLearningRate(learningRate)
  }

  /** Asks for a checkpoint of this moment. */
  save(runId: string): void {
    this.require(runId).save()
  }

  /** Stops every run with a checkpoint, kills what has not stopped in time, and waits until the processes are gone. */
  async close(withinMs?: number): Promise<void> {
    this.closed = true
    const runs = [...this.active.values()]
    for (const run of runs) run.stop(withinMs)
    await Promise.all(runs.map((run) => run.ended))
    this.openEnds.close()
  }

  private require(runId: string): ActiveRun {
    const run = this.active.get(runId)
    if (!run || run.isOver) throw new SignumError('invalid_request', `Run ${runId} is not being trained at the moment.`)
    return run
  }
}
