import type { Epoch, Progress } from '#shared/contract/runs.ts'
import type { Predictions } from '#shared/predictions/predictions.ts'
import type { TrainingReport } from '../protocol.ts'

/** At most this often a second each: enough for smooth curves, little enough for a database. */
const REPORTS_PER_SECOND = 5
const INTERVAL_MS = 1000 / REPORTS_PER_SECOND

interface StepRecord {
  readonly step: number
  readonly loss: number
  readonly accuracy: number
  readonly seconds: number
}

/** Sends what the shell wants to know, steps and progress gathered to a few messages a second. */
export class Reporter {
  readonly #send: (report: TrainingReport) => void
  #steps: StepRecord[] = []
  #sentStepsAt = 0
  #sentProgressAt = 0

  constructor(send: (report: TrainingReport) => void) {
    this.#send = send
  }

  step(record: StepRecord): void {
    this.#steps.push(record)
    if (performance.now() - this.#sentStepsAt >= INTERVAL_MS) this.flush()
  }

  /** `progress` is called only when it is time for one; a change of phase is always told. */
  progress(progress: () => Progress, always = false): void {
    const now = performance.now()
    if (!always && now - this.#sentProgressAt < INTERVAL_MS) return
    if (always) this.flush()
    this.#sentProgressAt = now
    this.#send({ type: 'progress', progress: progress() })
  }

  epoch(epoch: Epoch, stepMs: number, predictions: Predictions): void {
    this.flush()
    this.#send({ type: 'epoch', epoch, stepMs, predictions })
  }

  /** Sends the steps gathered so far; before anything that people may take for an end. */
  flush(): void {
    const steps = this.#steps
    const first = steps[0]
    if (!first) return
    this.#steps = []
    this.#sentStepsAt = performance.now()
    this.#send({
      type: 'steps',
      columns: {
        from: first.step,
        loss: Float32Array.from(steps, ({ loss }) => loss),
        accuracy: Float32Array.from(steps, ({ accuracy }) => accuracy),
        seconds: Float32Array.from(steps, ({ seconds }) => seconds),
      },
    })
  }

  send(report: TrainingReport): void {
    this.flush()
    this.#send(report)
  }
}
