import type { Column } from './series.ts'

/**
 * `smooth` of a column that grows: only what is new is worked out, so that a chart of a hundred thousand points can be
 * drawn in every frame.
 */
class Smoothing {
  private readonly source: Column
  private readonly weight: number
  private values = new Float64Array(256)
  private done = 0
  private revision = -1
  private last = 0
  private first = NaN
  private isConstant = true
  /** `weight ** count`, with count the number of finite values so far. */
  private power = 1

  constructor(source: Column, weight: number) {
    this.source = source
    this.weight = weight
  }

  /** As long as the column, valid until its next change. */
  view(): Float64Array {
    const y = this.source.view()
    if (this.revision !== this.source.revision) this.restart()
    this.reserve(y.length)
    for (; this.done < y.length; this.done++) this.values[this.done] = this.next(y[this.done]!)
    return this.values.subarray(0, this.done)
  }

  private next(value: number): number {
    if (!Number.isFinite(value)) return value
    if (Number.isNaN(this.first)) this.first = value
    this.isConstant &&= value === this.first
    this.last = this.last * this.weight + (1 - this.weight) * value
    this.power *= this.weight
    return this.isConstant ? value : this.last / (1 - this.power)
  }

  private restart(): void {
    this.revision = this.source.revision
    this.done = 0
    this.last = 0
    this.first = NaN
    this.isConstant = true
    this.power = 1
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return
    const larger = new Float64Array(Math.max(length, this.values.length * 2))
    larger.set(this.values.subarray(0, this.done))
    this.values = larger
  }
}

/** The last few weights of each column: one is enough but for charts of the same column with weights of their own. */
const KEPT = 2
const smoothings = new WeakMap<Column, Map<number, Smoothing>>()

/** The column smoothed as `smooth` does it, for a weight below 1; valid until the column's next change. */
export function smoothed(column: Column, weight: number): Float64Array {
  if (weight <= 0) return column.view()
  const known = smoothings.get(column) ?? new Map<number, Smoothing>()
  smoothings.set(column, known)
  const smoothing = known.get(weight) ?? new Smoothing(column, weight)
  known.delete(weight)
  known.set(weight, smoothing)
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break
    known.delete(oldest)
  }
  return smoothing.view()
}
