import { toAxis, type Axis, type ChartLine } from './line.ts'

/** The lowest and highest of some values. */
export interface Extent {
  readonly low: number
  readonly high: number
}

/** What stands at the points of a drawn line. All arrays have one entry a point. */
export interface Ordinates {
  /** The line itself, smoothed where it is. */
  readonly y: Float64Array
  /** What was measured, to stand faint beneath the smoothed line; `null` where that is the line itself. */
  readonly raw: Float64Array | null
  readonly band: { readonly low: Float64Array; readonly high: Float64Array } | null
}

/** From the first to the last x of all lines, on the axis; `null` while there is no point at all. */
export function extentOfX(lines: readonly Pick<ChartLine, 'x' | 'placing'>[]): Extent | null {
  let low = Infinity
  let high = -Infinity
  for (const line of lines) {
    if (line.x.length === 0) continue
    low = Math.min(low, toAxis(line, line.x.at(0)!))
    high = Math.max(high, toAxis(line, line.x.at(line.x.length - 1)!))
  }
  return low <= high ? { low, high } : null
}

/** How much at either end counts as outliers: TensorBoard leaves out what lies beyond the 5th and 95th percentile. */
const OUTLIERS = 0.05

/** The stretch between the percentiles, as TensorBoard ranks them; `null` without a finite value. */
export function extentWithoutOutliers(values: Float64Array): Extent | null {
  const sorted = values.filter(Number.isFinite).toSorted()
  if (sorted.length === 0) return null
  // One or two values are all there is to see.
  const last = sorted.length - 1
  if (last < 2) return { low: sorted[0]!, high: sorted[last]! }
  return { low: sorted[Math.ceil(last * OUTLIERS)]!, high: sorted[Math.floor(last * (1 - OUTLIERS))]! }
}

/**
 * The stretch of y that shows what is drawn, in round numbers and within what makes sense; `null` while there is
 * nothing to show. Without its outliers it is set by the lines themselves, smoothed where they are.
 */
export function extentOfY(
  lines: readonly Ordinates[],
  axis: Axis,
  { logarithmic, ignoresOutliers }: { readonly logarithmic: boolean; readonly ignoresOutliers: boolean },
): Extent | null {
  const extent = ignoresOutliers
    ? extentWithoutOutliers(Float64Array.from(lines.flatMap(({ y }) => [...y])))
    : extentOfAll(lines.flatMap(({ y, raw, band }) => [y, raw, band?.low, band?.high]))
  if (!extent) return null
  if (logarithmic) return { low: extent.low / 1.15, high: extent.high * 1.15 }
  const round = roundExtent(extent)
  return { low: Math.max(round.low, axis.low ?? -Infinity), high: Math.min(round.high, axis.high ?? Infinity) }
}

function extentOfAll(columns: readonly (Float64Array | null | undefined)[]): Extent | null {
  let low = Infinity
  let high = -Infinity
  for (const column of columns) {
    for (const value of column ?? []) {
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? { low, high } : null
}

/** The extent widened to round numbers, about `steps` of them apart. A flat line gets room on both sides. */
export function roundExtent({ low, high }: Extent, steps = 5): Extent {
  const size = Math.max(Math.abs(low), Math.abs(high))
  // Less than this is rounding, not a difference.
  const isFlat = high - low <= size * 1e-9 || high - low < 1e-300
  const span = isFlat ? (size > 1e-300 ? size * 0.1 : 1) : high - low
  const room = isFlat ? span / 2 : 0
  const rough = span / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? rough
  // Division leaves binary dust such as 0.30000000000000004 behind, which would cost a whole step.
  const down = Math.floor((low - room) / step + 1e-9) * step
  const up = Math.ceil((high + room) / step - 1e-9) * step
  return { low: Number(down.toPrecision(12)), high: Number(up.toPrecision(12)) }
}
