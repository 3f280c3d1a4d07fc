import { bucket } from './bucket.ts'
import type { Extent, Ordinates } from './extent.ts'
import { fromAxis, toAxis, type ChartLine } from './line.ts'
import { smoothed } from './smoothing.ts'

/** A line reduced to what a chart of some width can show. */
export interface DrawnLine extends Ordinates {
  readonly line: ChartLine
  /** On the axis, one entry a point. */
  readonly x: Float64Array
  /** Its points have marks, where it has any and they have room. */
  readonly isMarked: boolean
}

/** What a chart draws, whether on a canvas or in a file. */
export interface Drawing {
  readonly lines: readonly DrawnLine[]
  /** Values in sight that a logarithmic axis has no place for. */
  readonly refused: number
  readonly points: number
}

/**
 * Columns for a plot of `width` pixels: a line takes up to four points a column (itself, its raw values, both edges of
 * the band) and has the neighbours at the edges, and is never given more than two points a pixel.
 */
export function columnsFor(width: number): number {
  return Math.max(1, Math.floor(width / 2) - 4)
}

/** Pixels from one point to the next that leave its mark room. */
const MARK_ROOM = 16

/** Reduces the lines to a plot of `width` pixels that shows the stretch `x`. */
export function drawLines(lines: readonly ChartLine[], x: Extent, width: number, logarithmic: boolean): Drawing {
  let refused = 0
  let points = 0
  const drawn = lines.map((line) => {
    const window = { from: fromAxis(line, x.low), to: fromAxis(line, x.high), columns: columnsFor(width) }
    const buckets = bucket(line.x.view(), line.y.view(), window, logarithmic ? 0 : -Infinity)
    refused += buckets.refused
    const result = {
      line,
      x: buckets.x.map((value) => toAxis(line, value)),
      ...ordinates(line, buckets, logarithmic),
      isMarked: line.mark !== undefined && buckets.x.length * MARK_ROOM <= Math.max(width, 2 * MARK_ROOM),
    }
    points += result.x.length * (1 + (result.raw ? 1 : 0) + (result.band ? 2 : 0))
    return result
  })
  return { lines: drawn, refused, points }
}

function ordinates(
  line: ChartLine,
  { index, last, low, high }: ReturnType<typeof bucket>,
  logarithmic: boolean,
): Ordinates {
  const at = (values: Float64Array) =>
    Float64Array.from(index, (place) => {
      const value = place < 0 ? NaN : values[place]!
      return logarithmic && value <= 0 ? NaN : value
    })
  const isSmoothed = (line.smoothing ?? 0) > 0
  const isWide = low.some((value, place) => value < high[place]!)
  return {
    y: isSmoothed ? at(smoothed(line.y, line.smoothing!)) : last,
    raw: isSmoothed ? last : null,
    band: line.band
      ? { low: at(line.band.low.view()), high: at(line.band.high.view()) }
      : isWide
        ? { low, high }
        : null,
  }
}
