/**
 * A growing list of numbers outside Vue's reactivity: a live run adds thousands, and a chart reads them once a frame.
 * Listeners are told that something changed, never what.
 */
export class Column {
  private values = new Float64Array(256)
  private count = 0
  private alterations = 0
  private readonly listeners = new Set<() => void>()

  constructor(values: ArrayLike<number> = []) {
    this.write(0, values)
  }

  get length(): number {
    return this.count
  }

  /** Goes up when numbers that stood here already were altered or dropped, and not when some were only added. */
  get revision(): number {
    return this.alterations
  }

  /** The numbers so far, without copying; valid until the next change. */
  view(): Float64Array {
    return this.values.subarray(0, this.count)
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.count ? undefined : this.values[index]
  }

  push(value: number): void {
    this.write(this.count, [value])
  }

  /**
   * Puts `values` at `start` and after, over what stands there and beyond the end. A gap before `start` becomes NaN,
   * which charts leave open.
   */
  write(start: number, values: ArrayLike<number>): void {
    const end = start + values.length
    this.reserve(end)
    if (start < this.count && values.length > 0) this.alterations++
    if (start > this.count) this.values.fill(NaN, this.count, start)
    this.values.set(values, start)
    this.count = Math.max(this.count, end)
    this.changed()
  }

  /** Drops everything from `length` on. */
  truncate(length: number): void {
    if (length >= this.count) return
    this.count = Math.max(0, length)
    this.alterations++
    this.changed()
  }

  /** Calls `listener` after every change; returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return
    const larger = new Float64Array(Math.max(length, this.values.length * 2))
    larger.set(this.view())
    this.values = larger
  }

  private changed(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Two columns of equal length, `x` never falling. */
export interface Series {
  readonly x: Column
  readonly y: Column
}

/** Index of the value of `sorted` nearest to `x`, the earlier of two equally near; -1 when there is none. */
export function nearestIndex(sorted: Float64Array, x: number): number {
  if (sorted.length === 0 || Number.isNaN(x)) return -1
  const after = firstAtLeast(sorted, x)
  if (after === 0) return 0
  if (after === sorted.length) return sorted.length - 1
  return x - sorted[after - 1]! <= sorted[after]! - x ? after - 1 : after
}

/** Index of the first value of `sorted` that is at least `x`; its length when there is none. */
export function firstAtLeast(sorted: Float64Array, x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < x) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the first value of `sorted` that is more than `x`; its length when there is none. */
export function firstAbove(sorted: Float64Array, x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= x) low = middle + 1
    else high = middle
  }
  return low
}
