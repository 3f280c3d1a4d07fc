import type { LayerMeasures } from '#shared/snapshots/format.ts'

type Entries = Pick<LayerMeasures, 'steps' | 'spans' | 'flips'>

/** Flips of a layer over time: one entry for every `span` steps, and a shorter one where a frame is taken in between. */
export class FlipSeries {
  readonly #span: number
  #entries: Entries = { steps: [], spans: [], flips: [] }
  #steps = 0
  #flips = 0
  #last = 0

  constructor(span: number) {
    this.#span = span
  }

  add(step: number, flips: number): void {
    this.#last = step
    this.#steps += 1
    this.#flips += flips
    if (step % this.#span === 0) this.#close()
  }

  /** The entries since the last call. */
  take(): Entries {
    if (this.#steps > 0) this.#close()
    const entries = this.#entries
    this.#entries = { steps: [], spans: [], flips: [] }
    return entries
  }

  #close(): void {
    this.#entries.steps.push(this.#last)
    this.#entries.spans.push(this.#steps)
    this.#entries.flips.push(this.#flips)
    this.#steps = 0
    this.#flips = 0
  }
}
