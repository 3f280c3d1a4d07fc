import { firstAtLeast } from './series.ts'

/** A point as Chart.js takes it without parsing. */
export interface Point {
  x: number
  y: number
}

/** The stretch of x that is drawn, and over how many pixel columns. */
export interface Window {
  readonly from: number
  readonly to: number
  readonly columns: number
}

/**
 * The points worth drawing: of every pixel column only the lowest and the highest, in their order, so that no spike is
 * lost and a line never has more than two points a column. The neighbours just outside the window stay, so that lines
 * reach its edges; a value that is not finite stays as one gap.
 *
 * @param x never falling, as long as `y`.
 */
export function bucket(x: Float64Array, y: Float64Array, { from, to, columns }: Window): Point[] {
  const start = Math.max(0, firstAtLeast(x, from) - 1)
  const end = Math.min(x.length, firstAtLeast(x, to) + 1)
  if (end - start <= 2 * columns || !(to > from)) return pointsBetween(x, y, start, end)
  const columnOf = (index: number) =>
    Math.max(-1, Math.min(columns, Math.floor(((x[index]! - from) / (to - from)) * columns)))
  const points: Point[] = []
  for (let first = start; first < end;) {
    const column = columnOf(first)
    let next = first + 1
    while (next < end && columnOf(next) === column) next++
    addExtremes(points, x, y, first, next)
    first = next
  }
  return points
}

function pointsBetween(x: Float64Array, y: Float64Array, start: number, end: number): Point[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => ({
    x: x[start + offset]!,
    y: y[start + offset]!,
  }))
}

function addExtremes(points: Point[], x: Float64Array, y: Float64Array, first: number, next: number): void {
  let lowest = -1
  let highest = -1
  for (let index = first; index < next; index++) {
    const value = y[index]!
    if (!Number.isFinite(value)) continue
    if (lowest < 0 || value < y[lowest]!) lowest = index
    if (highest < 0 || value > y[highest]!) highest = index
  }
  if (lowest < 0) {
    points.push({ x: x[first]!, y: NaN })
    return
  }
  const earlier = Math.min(lowest, highest)
  const later = Math.max(lowest, highest)
  points.push({ x: x[earlier]!, y: y[earlier]! })
  if (later !== earlier) points.push({ x: x[later]!, y: y[later]! })
}
