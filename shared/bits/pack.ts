import { createBitMatrix, getBit, setBit, type BitMatrix } from './layout.ts'

/** Signs of `rows · columns` values, row after row. */
export function packSigns(values: ArrayLike<number>, rows: number, columns: number): BitMatrix {
  const matrix = createBitMatrix(rows, columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) setBit(matrix, row, column, values[row * columns + column]! >= 0)
  return matrix
}

/** The values +1 and -1 that a matrix stands for, row after row. */
export function unpackSigns(matrix: BitMatrix): Float32Array {
  const values = new Float32Array(matrix.rows * matrix.columns)
  for (let row = 0; row < matrix.rows; row++)
    for (let column = 0; column < matrix.columns; column++)
      values[row * matrix.columns + column] = 2 * getBit(matrix, row, column) - 1
  return values
}

/** Rows become columns: filters stored input by output are wanted output by input, and the other way round. */
export function transposeBits(matrix: BitMatrix): BitMatrix {
  const transposed = createBitMatrix(matrix.columns, matrix.rows)
  for (let row = 0; row < matrix.rows; row++)
    for (let column = 0; column < matrix.columns; column++)
      setBit(transposed, column, row, getBit(matrix, row, column) === 1)
  return transposed
}
