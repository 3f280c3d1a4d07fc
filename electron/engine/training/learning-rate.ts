import { rateFactor, type RateSettings } from '#shared/model/schedule.ts'

/** What an optimiser is told of a step. */
export interface StepRate {
  readonly learningRate: number
  /** What the schedule multiplies the base rate by: for other rates that are to follow it. */
  readonly factor: number
}

/** The learning rate of every step: a base rate times what schedule and warm-up say. */
export class LearningRate {
  /** May be changed between two steps; the schedule goes on from it. */
  base: number
  readonly #settings: RateSettings
  readonly #stepsPerEpoch: number

  constructor(settings: RateSettings & { readonly learningRate: number }, stepsPerEpoch: number) {
    this.base = settings.learningRate
    this.#settings = settings
    this.#stepsPerEpoch = stepsPerEpoch
  }

  /** @param step 1 for the first. */
  at(step: number): StepRate {
    const factor = rateFactor(this.#settings, this.#stepsPerEpoch, step)
    return { learningRate: this.base * factor, factor }
  }
}
