import { loadKernels } from '#electron/native/index.ts'
import { createBitMatrix, type BitMatrix } from '#shared/bits/layout.ts'

/** The signs of `values` as one row of bits; `row` has as many columns. Where there are no kernels, word by word. */
export function packRow(values: Float32Array, row: BitMatrix): void {
  const kernels = loadKernels()
  if (kernels) return kernels.packSigns(1, values.length, values, row.halves)
  for (let half = 0, at = 0; half < row.halves.length; half++) {
    let word = 0
    for (let bit = 0; bit < 32 && at < values.length; bit++, at++) if (values[at]! >= 0) word |= 1 << bit
    row.halves[half] = word
  }
}

export function signRow(weights: number): BitMatrix {
  return createBitMatrix(1, weights)
}

/** The bytes of a row, for the file. */
export function bytesOf({ halves }: BitMatrix): Uint8Array {
  return new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength)
}
