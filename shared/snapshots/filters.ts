import { createBitMatrix, setBit, type BitMatrix } from '../bits/layout.ts'
import { filterSize, type WatchedLayer } from './format.ts'

/** A stretch of a layer's filters, and of every filter its first `size` weights. */
export interface FilterPage {
  readonly from: number
  readonly count: number
  readonly size: number
}

/** Bounds of one answer: what fits a screen, and a quarter of a megabyte at a byte a weight. */
export const MOST_FILTERS = 256
export const MOST_WEIGHTS = 262_144

/** The filters from `from` on, at most `wanted` of them and as many as the bounds allow; at least one. */
export function pageOf(layer: WatchedLayer, from: number, wanted: number): FilterPage {
  const size = Math.min(filterSize(layer), MOST_WEIGHTS)
  const fitting = Math.min(MOST_FILTERS, Math.max(1, Math.floor(MOST_WEIGHTS / size)))
  return { from, count: Math.max(0, Math.min(wanted, fitting, layer.filters - from)), size }
}

/** The values of a page filter by filter, from those of a layer, in which the filter comes last. */
export function gatherValues<Values extends Uint8Array | Uint16Array>(
  values: Values,
  { filters }: Pick<WatchedLayer, 'filters'>,
  { from, count, size }: FilterPage,
): Values {
  const gathered = new (values.constructor as new (length: number) => Values)(count * size)
  for (let filter = 0; filter < count; filter++)
    for (let k = 0; k < size; k++) gathered[filter * size + k] = values[k * filters + from + filter]!
  return gathered
}

/** The bits of a page, a row for each filter, from one row with the bits of a layer. */
export function gatherBits(
  bits: Uint8Array,
  { filters }: Pick<WatchedLayer, 'filters'>,
  { from, count, size }: FilterPage,
): BitMatrix {
  const matrix = createBitMatrix(count, size)
  for (let filter = 0; filter < count; filter++) {
    for (let k = 0; k < size; k++) {
      const index = k * filters + from + filter
      setBit(matrix, filter, k, ((bits[index >>> 3]! >>> (index & 7)) & 1) === 1)
    }
  }
  return matrix
}
