import { popcount32 } from '#shared/bits/dot.ts'
import type { BitMatrix } from '#shared/bits/layout.ts'
import { MOST_FLIPS } from '#shared/snapshots/format.ts'
import { packRow, signRow } from './signs.ts'

/** Counts how often each weight of a layer changes its sign, from one step to the next. */
export class FlipCounter {
  /** Flips of each weight so far; they stay at `MOST_FLIPS`. */
  readonly counts: Uint16Array
  #signs: BitMatrix
  #previous: BitMatrix

  /** @param counts of a run that goes on. */
  constructor(values: Float32Array, counts: Uint16Array = new Uint16Array(values.length)) {
    this.counts = counts
    this.#signs = signRow(values.length)
    this.#previous = signRow(values.length)
    packRow(values, this.#signs)
  }

  /** The signs after the step counted last; to be read before the next one. */
  get signs(): BitMatrix {
    return this.#signs
  }

  /** @returns how many weights have another sign than at the call before. */
  count(values: Float32Array): number {
    const before = this.#signs
    this.#signs = this.#previous
    this.#previous = before
    packRow(values, this.#signs)
    return countFlips(this.#signs.halves, before.halves, this.counts)
  }

  get most(): number {
    let most = 0
    for (const count of this.counts) if (count > most) most = count
    return most
  }
}

/**
 * Adds one to the count of every weight whose bit differs; flips are few, so words without one are passed over.
 *
 * @returns how many differ.
 */
export function countFlips(signs: Uint32Array, before: Uint32Array, counts: Uint16Array): number {
  let flips = 0
  for (let half = 0; half < signs.length; half++) {
    let changed = signs[half]! ^ before[half]!
    if (changed === 0) continue
    flips += popcount32(changed)
    while (changed !== 0) {
      const bit = 31 - Math.clz32(changed)
      const index = 32 * half + bit
      if (counts[index]! < MOST_FLIPS) counts[index]! += 1
      changed ^= 1 << bit
    }
  }
  return flips
}
