import { setImmediate } from 'node:timers/promises'

/** What the training loop tells while it waits. */
export interface PauseListener {
  paused(): void
  resumed(): void
}

/** Pause, resume and stop from outside; the training loop asks between its steps. */
export class TrainingControls {
  #paused = false
  #stopped = false
  #wake: (() => void) | null = null

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#wake?.()
  }

  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  /**
   * Lets waiting commands in, then waits while paused.
   *
   * @returns false when training is to stop.
   */
  async proceed(listener: PauseListener): Promise<boolean> {
    // A full turn of the event loop: messages are delivered in its poll phase.
    await setImmediate()
    if (!this.#paused || this.#stopped) return !this.#stopped
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    listener.paused()
    await woken
    this.#wake = null
    listener.resumed()
    return !this.#stopped
  }
}
