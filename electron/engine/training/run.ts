import { toErrorMessage } from '#shared/contract/errors.ts'
import type { Progress } from '#shared/contract/runs.ts'
import type { TrainingJob, TrainingReport } from '../protocol.ts'
import { prepareCheckpointFolder } from './checkpoint/write.ts'
import type { Moment, TrainingControls } from './controls.ts'
import { evaluateEpoch, evaluationRecord, watched, type EpochEvaluation } from './epoch-evaluation.ts'
import { prepareTraining, type PreparedTraining } from './prepare.ts'
import { describeProgress, median, Pace } from './progress.ts'
import { concludingRemark } from './remark.ts'
import { Reporter } from './reporter.ts'
import { Recording } from './snapshots/recording.ts'
import { Stopwatch } from './stopwatch.ts'

/** Steps whose times are kept for the median. */
const TIMED_STEPS = 10_000

/**
 * Carries out a training job from its first report to its last: `finished`, `stopped` or `failed`.
 *
 * @returns when it has ended; it never rejects.
 */
export async function runTraining(
  job: TrainingJob,
  controls: TrainingControls,
  send: (report: TrainingReport) => void,
): Promise<void> {
  const reporter = new Reporter(send)
  let run: TrainingRun | null = null
  try {
    const prepared = await prepareTraining(job)
    run = new TrainingRun(prepared, job, controls, reporter)
    await run.train()
  } catch (error) {
    reporter.send({ type: 'failed', error: toErrorMessage(error), seconds: run?.seconds() ?? 0 })
  } finally {
    run?.dispose()
  }
}

class TrainingRun {
  readonly #prepared: PreparedTraining
  readonly #job: TrainingJob
  readonly #controls: TrainingControls
  readonly #reporter: Reporter
  readonly #stopwatch: Stopwatch
  readonly #pace = new Pace()
  /** Stopwatch at the beginning of the epoch that is under way. */
  #epochStart: number
  #stepTimes: number[] = []
  /** By epoch; of the epochs that were trained here. */
  readonly #evaluations = new Map<number, EpochEvaluation>()
  #recording: Recording | null = null

  constructor(prepared: PreparedTraining, job: TrainingJob, controls: TrainingControls, reporter: Reporter) {
    const { seconds, epochSeconds } = prepared.session.position
    this.#prepared = prepared
    this.#job = job
    this.#controls = controls
    this.#reporter = reporter
    this.#stopwatch = new Stopwatch(seconds)
    this.#epochStart = seconds - epochSeconds
  }

  seconds(): number {
    return this.#stopwatch.seconds()
  }

  dispose(): void {
    this.#recording?.close()
    this.#prepared.session.dispose()
  }

  async train(): Promise<void> {
    const { session } = this.#prepared
    await prepareCheckpointFolder(this.#job.checkpointFolder)
    this.#reportStart()
    this.#recording = new Recording(this.#job, this.#prepared, this.#reporter)
    while (!session.isDone) {
      if (!(await this.#trainEpoch())) return this.#stop()
      const evaluation = await this.#evaluate()
      if (!evaluation) return this.#stop()
      this.#finishEpoch(evaluation)
      if (session.isDone) session.takeBest()
      await this.#save()
      this.#controls.epochFinished()
    }
    this.#finish()
  }

  /** @returns false when it was stopped before its end. */
  async #trainEpoch(): Promise<boolean> {
    const { session, plan } = this.#prepared
    let last = this.seconds()
    while (!session.epochTrained) {
      if (!(await this.#proceed('step'))) return false
      const start = performance.now()
      const { loss, hits, images } = session.step()
      this.#recordStepTime(performance.now() - start)
      const seconds = this.seconds()
      this.#pace.step(seconds - last)
      last = seconds
      this.#reporter.step({ step: session.position.steps, loss, accuracy: hits / images, seconds })
      this.#reportProgress('training', session.position.steps === plan.totalSteps)
      this.#recording?.tell('afterStep')
    }
    return true
  }

  async #evaluate(): Promise<EpochEvaluation | null> {
    const start = this.seconds()
    this.#reportProgress('testing', true)
    const evaluation = await evaluateEpoch(this.#prepared, () => {
      this.#reportProgress('testing')
      return this.#proceed('test')
    })
    if (evaluation) this.#pace.evaluation(this.seconds() - start)
    return evaluation
  }

  #finishEpoch(evaluation: EpochEvaluation): void {
    const { session, plan } = this.#prepared
    const { epochsDone, sums } = session.position
    const seconds = this.seconds()
    this.#reporter.epoch(
      {
        epoch: epochsDone + 1,
        trainLoss: sums.loss / plan.stepsPerEpoch,
        trainAccuracy: sums.hits / sums.images,
        ...evaluationRecord(evaluation),
        seconds: seconds - this.#epochStart,
      },
      median(this.#stepTimes.slice(-plan.stepsPerEpoch)),
      { predicted: evaluation.test.predicted, losses: evaluation.test.losses },
    )
    this.#reportProgress('saving', true)
    session.finishEpoch(watched(evaluation))
    this.#evaluations.set(epochsDone + 1, evaluation)
    this.#epochStart = seconds
  }

  #finish(): void {
    const { session, settings, dataset } = this.#prepared
    const { epochsDone } = session.position
    const keptEpoch = session.takeBest()
    const evaluations = new Map([...this.#evaluations].map(([epoch, { test }]) => [epoch, test]))
    const remark = concludingRemark({
      settings,
      learningRate: session.learningRate.base,
      classes: dataset.classes.length,
      epochsDone,
      keptEpoch,
      evaluation: evaluations.get(keptEpoch ?? epochsDone) ?? null,
      evaluations,
    })
    this.#reporter.send({
      type: 'finished',
      stepMs: median(this.#stepTimes),
      seconds: this.seconds(),
      keptEpoch,
      remark,
    })
  }

  async #save(): Promise<void> {
    const { session } = this.#prepared
    const seconds = this.seconds()
    session.recordTime(seconds, seconds - this.#epochStart)
    const folder = await session.save(this.#job.checkpointFolder)
    const { epochsDone, steps } = session.position
    this.#reporter.send({ type: 'checkpoint', epoch: epochsDone, step: steps, folder })
  }

  async #stop(): Promise<void> {
    this.#recording?.tell('beforeStop')
    await this.#save()
    this.#reporter.send({ type: 'stopped', seconds: this.seconds() })
  }

  #proceed(moment: Moment): Promise<boolean> {
    return this.#controls.proceed(
      {
        paused: () => {
          this.#stopwatch.pause()
          this.#recording?.tell('beforePause')
          this.#reporter.send({ type: 'paused' })
        },
        resumed: () => {
          this.#stopwatch.resume()
          this.#reporter.send({ type: 'resumed' })
        },
        save: () => {
          this.#recording?.tell('beforePause')
          return this.#save()
        },
        changeLearningRate: (learningRate) => this.#changeLearningRate(learningRate),
      },
      moment,
    )
  }

  #changeLearningRate(learningRate: number): void {
    const { session } = this.#prepared
    session.learningRate.base = learningRate
    this.#reporter.send({ type: 'marked', mark: { step: session.position.steps, learningRate } })
  }

  #recordStepTime(milliseconds: number): void {
    this.#stepTimes.push(milliseconds)
    if (this.#stepTimes.length >= 2 * TIMED_STEPS) this.#stepTimes = this.#stepTimes.slice(-TIMED_STEPS)
  }

  #reportStart(): void {
    const { backend, dataset, session } = this.#prepared
    const { name, version, kernels, threads } = backend
    const { epochsDone, steps, seconds } = session.position
    this.#reporter.send({
      type: 'started',
      engine: { backend: name, backendVersion: version, kernels, threads, datasetSha256: dataset.sha256 },
      epochsDone,
      stepsDone: steps,
      secondsDone: seconds,
    })
  }

  #reportProgress(phase: Progress['phase'], always = false): void {
    const { session, plan } = this.#prepared
    const describe = () => describeProgress(phase, session.position, plan, this.#pace, this.seconds())
    this.#reporter.progress(describe, always)
  }
}
