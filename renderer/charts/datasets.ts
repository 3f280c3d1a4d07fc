import type { ChartDataset } from 'chart.js'
import { bucket, type Point, type Window } from './bucket.ts'
import { extentWithoutOutliers, roundExtent, type Extent } from './extent.ts'
import type { Axis, ChartLine } from './line.ts'
import { smooth } from './smooth.ts'
import { faded, type ChartTheme } from './theme.ts'

/** How strong the raw line stands beneath its smoothed one. */
const RAW_STRENGTH = 0.25

/** Lines as Chart.js draws them: a new small array of points for each, whatever their length. */
export function datasetsOf(
  lines: readonly ChartLine[],
  window: Window,
  theme: ChartTheme,
  logarithmic: boolean,
): ChartDataset<'line', Point[]>[] {
  return lines.flatMap((line) => {
    const x = line.x.view()
    const y = drawable(line.y.view(), logarithmic)
    const colour = theme.colour(line.colour)
    const weight = line.smoothing ?? 0
    const main = {
      ...style(line, colour, theme),
      data: bucket(x, weight > 0 ? smooth(y, weight) : y, window),
    }
    if (weight === 0) return [main]
    const faint = faded(colour, RAW_STRENGTH)
    return [{ data: bucket(x, y, window), borderColor: faint, borderWidth: 1, pointRadius: 0 }, main]
  })
}

function style(line: ChartLine, colour: string, theme: ChartTheme) {
  return {
    borderColor: colour,
    borderWidth: 1.75,
    borderDash: line.dashed ? [5, 4] : [],
    // Marks on the edge are drawn whole.
    clip: line.mark ? 8 : 0,
    pointRadius: line.mark ? 2.75 : 0,
    pointBorderColor: colour,
    pointBorderWidth: 1.5,
    pointBackgroundColor: line.mark === 'hollow' ? theme.ground : colour,
  }
}

/** A logarithmic axis has no place for zero and less. */
function drawable(values: Float64Array, logarithmic: boolean): Float64Array {
  return logarithmic ? values.map((value) => (value > 0 ? value : NaN)) : values
}

/** The stretch of y that shows the lines well, in round numbers; `null` while there is nothing to show. */
export function extentOfY(
  lines: readonly ChartLine[],
  window: Window,
  axis: Axis,
  logarithmic: boolean,
): Extent | null {
  let low = Infinity
  let high = -Infinity
  for (const line of lines) {
    const inside = line.y.view().filter((_, index) => {
      const x = line.x.at(index)!
      return x >= window.from && x <= window.to
    })
    const extent = extentWithoutOutliers(drawable(inside, logarithmic))
    if (!extent) continue
    low = Math.min(low, extent.low)
    high = Math.max(high, extent.high)
  }
  if (low > high) return null
  if (logarithmic) return { low: low / 1.15, high: high * 1.15 }
  const round = roundExtent({ low, high })
  return { low: Math.max(round.low, axis.low ?? -Infinity), high: Math.min(round.high, axis.high ?? Infinity) }
}
