/** Seconds of work, pauses left out; starts running. */
export class Stopwatch {
  #seconds: number
  #since: number | null = performance.now()

  constructor(seconds = 0) {
    this.#seconds = seconds
  }

  seconds(): number {
    return this.#seconds + (this.#since === null ? 0 : (performance.now() - this.#since) / 1000)
  }

  pause(): void {
    this.#seconds = this.seconds()
    this.#since = null
  }

  resume(): void {
    this.#since ??= performance.now()
  }
}
