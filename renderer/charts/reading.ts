import type { ChartLine } from './line.ts'
import { nearestIndex } from './series.ts'
import { smooth } from './smooth.ts'

/** The value of one line at one place. */
export interface Reading {
  readonly line: ChartLine
  readonly x: number
  /** What is drawn: smoothed where the line is. */
  readonly value: number
  /** What was measured. */
  readonly raw: number
}

/** The x of the point nearest to `x` over all lines; `null` while there are none. */
export function snap(lines: readonly ChartLine[], x: number): number | null {
  let nearest: number | null = null
  for (const line of lines) {
    const candidate = line.x.at(nearestIndex(line.x.view(), x))
    if (candidate === undefined) continue
    if (nearest === null || Math.abs(candidate - x) < Math.abs(nearest - x)) nearest = candidate
  }
  return nearest
}

/** What the lines have at `x`, or nearest to it. Lines that end before `x` or begin after it say nothing. */
export function readingsAt(lines: readonly ChartLine[], x: number): Reading[] {
  return lines.flatMap((line) => {
    const xs = line.x.view()
    const index = nearestIndex(xs, x)
    if (index < 0 || x < xs[0]! || x > xs.at(-1)!) return []
    const raw = line.y.at(index)!
    if (!Number.isFinite(raw)) return []
    const value = line.smoothing ? smooth(line.y.view().subarray(0, index + 1), line.smoothing).at(-1)! : raw
    return [{ line, x: xs[index]!, value, raw }]
  })
}

/** The last finite value of each line. */
export function latestReadings(lines: readonly ChartLine[]): Reading[] {
  return lines.flatMap((line) => readingsAt([line], line.x.at(line.x.length - 1) ?? NaN))
}
