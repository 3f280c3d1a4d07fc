import type { Series } from './series.ts'

/** The lowest and highest of some values. */
export interface Extent {
  readonly low: number
  readonly high: number
}

/** From the first to the last x of all lines; `null` while there is no point at all. */
export function extentOfX(lines: readonly Pick<Series, 'x'>[]): Extent | null {
  let low = Infinity
  let high = -Infinity
  for (const { x } of lines) {
    low = Math.min(low, x.at(0) ?? Infinity)
    high = Math.max(high, x.at(x.length - 1) ?? -Infinity)
  }
  return low <= high ? { low, high } : null
}

/**
 * What of y is worth showing: between the 1st and the 99th percentile, so that one burst at the start does not press
 * everything else flat. Few values are shown to the last.
 */
export function extentWithoutOutliers(values: Float64Array): Extent | null {
  const sorted = values.filter(Number.isFinite).toSorted()
  if (sorted.length === 0) return null
  const cut = sorted.length < 100 ? 0 : Math.floor(sorted.length / 100)
  return { low: sorted[cut]!, high: sorted[sorted.length - 1 - cut]! }
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
