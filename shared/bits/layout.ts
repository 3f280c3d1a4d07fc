/**
 * The packed layout, stated once; the C++ kernels and the packed file follow it.
 *
 * - Bit 1 stands for +1, bit 0 for -1. `sign(x) = +1` for `x >= 0`, so 0 and -0.0 are +1. NaN packs as -1, because
 *   `NaN >= 0` is false; training stops as diverged before one can get this far.
 * - The first element of a row is the least significant bit of its first word.
 * - A row starts at a word of 64 bits. The bits past its last element are zero, so that XOR of two rows leaves nothing
 *   there and a product needs no mask: `dot = columns - 2 · popcount(a XOR b)`.
 *
 * JavaScript has no fast 64-bit integers, so every word is seen as two 32-bit halves, the low one first: on all machines
 * the lab runs on (little-endian) these are the same bytes that C++ sees.
 */
export const WORD_BITS = 64
const HALF_BITS = 32
export const HALVES_PER_WORD = WORD_BITS / HALF_BITS

/** Rows of bits: pixels by channels, filters by weights, or images by features. */
export interface BitMatrix {
  readonly rows: number
  /** Bits that count in every row. */
  readonly columns: number
  /** Words from the start of one row to the start of the next. */
  readonly strideWords: number
  /** `rows · strideWords · 2` halves of words. */
  readonly halves: Uint32Array
}

/** Words that hold `bits` bits. */
export function wordsFor(bits: number): number {
  return Math.ceil(bits / WORD_BITS)
}

/** A matrix of zero bits, that is of -1 throughout. */
export function createBitMatrix(rows: number, columns: number): BitMatrix {
  const strideWords = wordsFor(columns)
  return { rows, columns, strideWords, halves: new Uint32Array(rows * strideWords * HALVES_PER_WORD) }
}

function halfIndex(matrix: BitMatrix, row: number, column: number): number {
  return row * matrix.strideWords * HALVES_PER_WORD + Math.floor(column / HALF_BITS)
}

export function getBit(matrix: BitMatrix, row: number, column: number): 0 | 1 {
  const half = matrix.halves[halfIndex(matrix, row, column)]!
  return ((half >>> (column % HALF_BITS)) & 1) as 0 | 1
}

export function setBit(matrix: BitMatrix, row: number, column: number, bit: boolean): void {
  const index = halfIndex(matrix, row, column)
  const mask = 1 << (column % HALF_BITS)
  matrix.halves[index] = bit ? matrix.halves[index]! | mask : matrix.halves[index]! & ~mask
}
