import type { Progress } from '#shared/contract/runs.ts'

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

/** The middle value; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
