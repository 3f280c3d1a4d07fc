import { fromAxis, toAxis, type ChartLine } from './line.ts'
import { nearestIndex } from './series.ts'
import { smoothed } from './smoothing.ts'

/** The value of one line at one place. */
export interface Reading {
  readonly line: ChartLine
  /** On the axis. */
  readonly x: number
  /** What is drawn: smoothed where the line is. */
  readonly value: number
  /** What was measured. */
  readonly raw: number
}

/** The x on the axis of the point nearest to `x` over all lines; `null` while there are none. */
export function snap(lines: readonly ChartLine[], x: number): number | null {
  let nearest: number | null = null
  for (const line of lines) {
    const found = line.x.at(nearestIndex(line.x.view(), fromAxis(line, x)))
    if (found === undefined) continue
    const candidate = toAxis(line, found)
    if (nearest === null || Math.abs(candidate - x) < Math.abs(nearest - x)) nearest = candidate
  }
  return nearest
}

/** What the lines have at `x`, or nearest to it. Lines that end before `x` or begin after it say nothing. */
export function readingsAt(lines: readonly ChartLine[], x: number): Reading[] {
  return lines.flatMap((line) => {
    const xs = line.x.view()
    const index = nearestIndex(xs, fromAxis(line, x))
    if (index < 0 || x < toAxis(line, xs[0]!) || x > toAxis(line, xs.at(-1)!)) return []
    return readingOf(line, index)
  })
}

/** The last value of each line that has one. */
export function latestReadings(lines: readonly ChartLine[]): Reading[] {
  return lines.flatMap((line) => readingOf(line, line.x.length - 1))
}

function readingOf(line: ChartLine, index: number): Reading[] {
  const raw = line.y.at(index)
  if (raw === undefined || !Number.isFinite(raw)) return []
  const value = line.smoothing ? smoothed(line.y, line.smoothing)[index]! : raw
  return [{ line, x: toAxis(line, line.x.at(index)!), value, raw }]
}

/** The nearest to `height` first, both measured by `toPixel`; without a height in the order of the lines. */
export function sortByDistance(
  readings: readonly Reading[],
  toPixel: (value: number) => number,
  height: number | null,
): Reading[] {
  if (height === null) return [...readings]
  // A value that a logarithmic axis has no place for is the farthest of all.
  const distance = ({ value }: Reading) => {
    const pixels = Math.abs(toPixel(value) - height)
    return Number.isNaN(pixels) ? Infinity : pixels
  }
  const measured = readings.map((reading) => ({ reading, distance: distance(reading) }))
  return measured
    .toSorted((a, b) => (a.distance === b.distance ? 0 : a.distance - b.distance))
    .map(({ reading }) => reading)
}
