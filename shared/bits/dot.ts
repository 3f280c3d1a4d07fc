import { HALVES_PER_WORD, type BitMatrix } from './layout.ts'

/** Number of ones in a 32-bit word, by adding neighbours in pairs, nibbles and bytes. */
export function popcount32(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f
  return Math.imul(bytes, 0x01010101) >>> 24
}

/** Scalar product of two rows of ±1: `K - 2 · popcount(a XOR b)`. Both matrices have the same number of columns. */
export function dotRows(a: BitMatrix, rowOfA: number, b: BitMatrix, rowOfB: number): number {
  const halves = a.strideWords * HALVES_PER_WORD
  let different = 0
  for (let index = 0; index < halves; index++)
    different += popcount32(a.halves[rowOfA * halves + index]! ^ b.halves[rowOfB * halves + index]!)
  return a.columns - 2 * different
}
