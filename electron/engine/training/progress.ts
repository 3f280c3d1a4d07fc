import type { Progress } from '#shared/contract/runs.ts'
import type { Position } from './checkpoint/format.ts'
import type { TrainingPlan } from './plan.ts'

/** Weight of the newest step in the smoothed time of a step. */
const SMOOTHING = 0.05

/** How fast training goes, and when it will be done. */
export class Pace {
  #steps = 0
  #stepSeconds: number | null = null
  #evaluationSeconds: number | null = null

  step(seconds: number): void {
    // A plain mean at first, so that the slow first step is soon forgotten.
    this.#steps += 1
    const weight = Math.max(SMOOTHING, 1 / this.#steps)
    this.#stepSeconds = (this.#stepSeconds ?? seconds) + weight * (seconds - (this.#stepSeconds ?? seconds))
  }

  evaluation(seconds: number): void {
    this.#evaluationSeconds = seconds
  }

  imagesPerSecond(batchSize: number): number | null {
    return this.#stepSeconds ? batchSize / this.#stepSeconds : null
  }

  remainingSeconds(steps: number, evaluations: number): Progress['remainingSeconds'] {
    if (this.#stepSeconds === null) return null
    return steps * this.#stepSeconds + evaluations * (this.#evaluationSeconds ?? 0)
  }
}

/** Where training stands, for people: loss and accuracy are means over the epoch that is under way. */
export function describeProgress(
  phase: Progress['phase'],
  { epochsDone, epochSteps, steps, sums }: Position,
  { epochs, totalSteps, batchSize }: TrainingPlan,
  pace: Pace,
  elapsedSeconds: number,
): Progress {
  return {
    phase,
    epoch: epochsDone + 1,
    epochs,
    step: steps,
    totalSteps,
    loss: epochSteps > 0 ? sums.loss / epochSteps : null,
    accuracy: sums.images > 0 ? sums.hits / sums.images : null,
    imagesPerSecond: pace.imagesPerSecond(batchSize),
    elapsedSeconds,
    remainingSeconds: pace.remainingSeconds(totalSteps - steps, epochs - epochsDone),
  }
}

/** The middle value; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
