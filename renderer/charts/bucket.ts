import { firstAbove, firstAtLeast } from './series.ts'

/** The stretch of x that is drawn, and over how many columns. */
export interface Window {
  readonly from: number
  readonly to: number
  readonly columns: number
}

/** One series as drawn, an entry a column that has values in it. */
export interface Buckets {
  /** Of the last value in the column: where it stands in the series, its x and itself; NaN leaves the line open. */
  readonly index: Int32Array
  readonly x: Float64Array
  readonly last: Float64Array
  /** The lowest and the highest value of the column. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** Finite values in the window that were left out because they do not lie above the floor. */
  readonly refused: number
}

/**
 * What of a series is worth drawing: of every column its last value, for the line, and its lowest and highest, for the
 * band behind it, so that no spike is lost. The neighbours just outside the window stay, so that lines reach its edges;
 * a column with no value that can be drawn stays as one gap.
 *
 * The columns stand on a grid through x = 0 and not on the window's edge: while one pans, a point stays in the same
 * column with the same neighbours, and the line does not shimmer.
 *
 * @param x never falling, as long as `y`.
 * @param floor values that do not lie above it are left out, such as 0 on a logarithmic axis.
 */
export function bucket(x: Float64Array, y: Float64Array, window: Window, floor = -Infinity): Buckets {
  const { from, to, columns } = window
  const width = to > from ? (to - from) / columns : 1
  const start = firstAtLeast(x, from)
  const end = firstAbove(x, to)
  const out = new Builder(columns + 4, x, y, floor)
  if (start > 0) out.take(start - 1, start)
  for (let first = start; first < end;) {
    const column = Math.floor(x[first]! / width)
    let next = first + 1
    while (next < end && Math.floor(x[next]! / width) === column) next++
    out.refused += out.take(first, next)
    first = next
  }
  if (end < x.length) out.take(end, end + 1)
  return out.finish()
}

class Builder {
  refused = 0
  private count = 0
  private readonly index: Int32Array
  private readonly low: Float64Array
  private readonly high: Float64Array
  private readonly x: Float64Array
  private readonly y: Float64Array
  private readonly floor: number

  constructor(capacity: number, x: Float64Array, y: Float64Array, floor: number) {
    this.index = new Int32Array(capacity)
    this.low = new Float64Array(capacity)
    this.high = new Float64Array(capacity)
    this.x = x
    this.y = y
    this.floor = floor
  }

  /** Makes one entry of the values from `first` to before `next`; returns how many of them the floor has refused. */
  take(first: number, next: number): number {
    let last = -1
    let low = Infinity
    let high = -Infinity
    let refused = 0
    for (let index = first; index < next; index++) {
      const value = this.y[index]!
      if (!Number.isFinite(value)) continue
      if (value <= this.floor) {
        refused++
        continue
      }
      last = index
      if (value < low) low = value
      if (value > high) high = value
    }
    const at = this.count++
    this.index[at] = last < 0 ? -1 - first : last
    this.low[at] = last < 0 ? NaN : low
    this.high[at] = last < 0 ? NaN : high
    return refused
  }

  finish(): Buckets {
    // A gap is kept as the place where it begins, below zero.
    const index = this.index.subarray(0, this.count)
    const x = Float64Array.from(index, (at) => this.x[at < 0 ? -1 - at : at]!)
    const last = Float64Array.from(index, (at) => (at < 0 ? NaN : this.y[at]!))
    const [low, high] = [this.low.subarray(0, this.count), this.high.subarray(0, this.count)]
    return { index: index.map((at) => (at < 0 ? -1 : at)), x, last, low, high, refused: this.refused }
  }
}
