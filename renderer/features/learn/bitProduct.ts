import { createBitMatrix, setBit } from '#shared/bits/layout.ts'
import { dotRows } from '#shared/bits/dot.ts'

export type Bit = 0 | 1

/** The stages of a scalar product of two rows of bits, as the lab's kernels go through them. */
export interface BitProduct {
  /** 1 where the two rows differ: where the product of the two signs is -1. */
  readonly different: readonly Bit[]
  readonly ones: number
  /** `columns - 2 · ones`. */
  readonly dot: number
  /** What the same rows give when their signs are multiplied and added one by one. */
  readonly products: readonly (1 | -1)[]
}

/** Multiplies two rows of the same length, bit 1 standing for +1. The sum comes from the lab's own packed reference. */
export function multiplyBits(a: readonly Bit[], w: readonly Bit[]): BitProduct {
  const rows = [a, w].map((bits) => {
    const matrix = createBitMatrix(1, bits.length)
    bits.forEach((bit, column) => setBit(matrix, 0, column, bit === 1))
    return matrix
  })
  const different = a.map((bit, index) => (bit === w[index] ? 0 : 1))
  return {
    different,
    ones: different.filter((bit) => bit === 1).length,
    dot: dotRows(rows[0]!, 0, rows[1]!, 0),
    products: different.map((bit) => (bit === 1 ? -1 : 1)),
  }
}
