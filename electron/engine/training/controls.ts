import { setImmediate } from 'node:timers/promises'
import type { StepUnit } from '../protocol.ts'

/** What the training loop does and tells at the moments when it lets commands in. */
export interface ControlledLoop {
  paused(): void
  resumed(): void
  /** Writes a checkpoint of this moment. */
  save(): Promise<void>
  changeLearningRate(learningRate: number): void
}

/**
 * `step`: before a training step. `test`: between two batches of the test, which belongs to the step before it and is
 * not stepped through.
 */
export type Moment = 'step' | 'test'

/** Commands from outside; the training loop asks for them between its steps. */
export class TrainingControls {
  #mode: 'running' | 'paused' | StepUnit = 'running'
  /** With mode `batch`: whether that batch has still to be trained. */
  #batchAhead = false
  #stopped = false
  #saveAsked = false
  #newRate: number | null = null
  /** A command has come that has not been looked at. */
  #pending = false
  #wake: (() => void) | null = null

  pause(): void {
    this.#mode = 'paused'
  }

  resume(): void {
    this.#mode = 'running'
    this.#arrived()
  }

  /** Goes on for one batch, or to the end of the epoch that is under way, and pauses there. */
  step(unit: StepUnit): void {
    this.#mode = unit
    this.#batchAhead = unit === 'batch'
    this.#arrived()
  }

  stop(): void {
    this.#stopped = true
    this.#arrived()
  }

  save(): void {
    this.#saveAsked = true
    this.#arrived()
  }

  changeLearningRate(learningRate: number): void {
    this.#newRate = learningRate
    this.#arrived()
  }

  /** To be told when an epoch has been tested and saved. */
  epochFinished(): void {
    if (this.#mode === 'epoch') this.#mode = 'paused'
  }

  /**
   * Lets waiting commands in, then waits while paused.
   *
   * @returns false when training is to stop.
   */
  async proceed(loop: ControlledLoop, moment: Moment): Promise<boolean> {
    // A full turn of the event loop: messages are delivered in its poll phase.
    await setImmediate()
    await this.#attend(loop)
    if (this.#goesOn(moment)) return !this.#stopped
    loop.paused()
    do {
      await this.#command()
      await this.#attend(loop)
    } while (!this.#goesOn(moment))
    loop.resumed()
    return !this.#stopped
  }

  #arrived(): void {
    this.#pending = true
    this.#wake?.()
  }

  /** Settles with the next command, at once where one came while the last was attended to. */
  async #command(): Promise<void> {
    if (this.#pending) return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#wake = null
  }

  /** Does what can be done whether or not training goes on, also what is asked for meanwhile. */
  async #attend(loop: ControlledLoop): Promise<void> {
    do {
      this.#pending = false
      if (this.#newRate !== null) loop.changeLearningRate(this.#newRate)
      this.#newRate = null
      if (this.#saveAsked) {
        this.#saveAsked = false
        await loop.save()
      }
    } while (this.#pending)
  }

  #goesOn(moment: Moment): boolean {
    if (this.#stopped || this.#mode === 'running' || this.#mode === 'epoch') return true
    if (this.#mode === 'paused') return false
    if (moment === 'test') return true
    if (!this.#batchAhead) this.#mode = 'paused'
    const ahead = this.#batchAhead
    this.#batchAhead = false
    return ahead
  }
}
