import { loadKernels } from '#electron/native/index.ts'
import { popcount32 } from '#shared/bits/dot.ts'
import { HALVES_PER_WORD, wordsFor } from '#shared/bits/layout.ts'
import { MOST_FLIPS } from '#shared/snapshots/format.ts'

/** Counts how often each weight of a layer changes its sign, from one step to the next. */
export class FlipCounter {
  /** Flips of each weight so far; they stay at `MOST_FLIPS`. */
  readonly counts: Uint16Array
  readonly #pack: (halves: Uint32Array) => void
  #signs: Uint32Array
  #previous: Uint32Array

  /**
   * @param pack writes the weights' signs as one row of bits.
   * @param counts of each weight so far; changed.
   */
  constructor(pack: (halves: Uint32Array) => void, counts: Uint16Array) {
    this.counts = counts
    this.#pack = pack
    this.#signs = signRow(counts.length)
    this.#previous = signRow(counts.length)
    pack(this.#signs)
  }

  /** The signs after the step counted last; to be read before the next one. */
  get signs(): Uint32Array {
    return this.#signs
  }

  /** @returns how many weights have another sign than at the call before. */
  count(): number {
    const before = this.#signs
    this.#signs = this.#previous
    this.#previous = before
    this.#pack(this.#signs)
    return countFlips(this.#signs, before, this.counts)
  }

  get most(): number {
    let most = 0
    for (let index = 0; index < this.counts.length; index++) most = Math.max(most, this.counts[index]!)
    return most
  }
}

/**
 * Adds one to the count of every weight whose bit differs.
 *
 * @returns how many differ.
 */
export function countFlips(signs: Uint32Array, before: Uint32Array, counts: Uint16Array): number {
  const kernels = loadKernels()
  return kernels ? kernels.countFlips(counts.length, signs, before, counts) : countFlipsByHalves(signs, before, counts)
}

/** The same where there are no kernels; flips are few, so halves of words without one are passed over. */
export function countFlipsByHalves(signs: Uint32Array, before: Uint32Array, counts: Uint16Array): number {
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

function signRow(weights: number): Uint32Array {
  return new Uint32Array(wordsFor(weights) * HALVES_PER_WORD)
}
