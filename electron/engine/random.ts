import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** Everything a stream needs to go on where it stood, as plain numbers for a checkpoint. */
export type RandomState = readonly number[]

/** Seeded random numbers; the same state gives the same numbers on every machine. */
export class RandomStream {
  #generator: ReturnType<typeof xoroshiro128plus>

  constructor(state: RandomState) {
    this.#generator = xoroshiro128plusFromState(state)
  }

  state(): RandomState {
    return [...this.#generator.getState()]
  }

  restore(state: RandomState): void {
    this.#generator = xoroshiro128plusFromState(state)
  }

  /** In [0, 1), one of 2^32 values. */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32
  }

  /** Standard normal, by Box and Muller; the second value of the pair is dropped so that the state stays one generator. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Whole number in [0, bound). */
  integer(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1)
  }

  /** The numbers 0 to length - 1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index)
    for (let last = length - 1; last > 0; last--) {
      const chosen = this.integer(last + 1)
      const value = order[last]!
      order[last] = order[chosen]!
      order[chosen] = value
    }
    return order
  }
}

/**
 * One generator, split into parts 2^64 numbers apart: two networks of different size still see the images in the same
 * order under the same seed.
 */
export interface RandomStreams {
  readonly weights: RandomStream
  readonly order: RandomStream
  readonly dropout: RandomStream
  readonly augmentation: RandomStream
  /** Which images are held out. */
  readonly validation: RandomStream
}

export function seedStreams(seed: number): RandomStreams {
  const generator = xoroshiro128plus(seed)
  const next = () => {
    generator.jump()
    return new RandomStream(generator.getState())
  }
  return { weights: next(), order: next(), dropout: next(), augmentation: next(), validation: next() }
}
