import type { ChartDataset } from 'chart.js'
import type { Drawing, DrawnLine } from './drawing.ts'
import type { Extent } from './extent.ts'
import type { ChartLine, Dash } from './line.ts'
import { faded, type ChartTheme } from './theme.ts'

/** How strong the raw line stands beneath its smoothed one, and a band behind both. */
export const RAW_STRENGTH = 0.25
const BAND_STRENGTH = 0.16
export const LINE_WIDTH = 1.75
/** Drawn and left out in turn, in pixels. */
const DASHES: Readonly<Record<Dash, readonly number[]>> = { dashed: [5, 4], dotted: [1.75, 3] }
/** Radius of a mark and width of its edge. */
export const MARK = { radius: 2.75, edge: 1.5 } as const
/** How far marks at the edge reach beyond the plot. */
export const OVERHANG = 4

interface Point {
  x: number
  y: number
}

/** Lines as Chart.js draws them, the first in front: the lines themselves, then the raw ones. */
export function datasetsOf(
  lines: readonly DrawnLine[],
  view: Extent,
  theme: ChartTheme,
): ChartDataset<'line', Point[]>[] {
  const main = lines.map(({ line, x, y, isMarked }) => {
    const colour = theme.colour(line.colour)
    return {
      data: points(x, y),
      borderColor: colour,
      borderWidth: LINE_WIDTH,
      borderDash: dashesOf(line),
      clip: isMarked ? clipOf(x, view) : 0,
      pointRadius: isMarked ? markRadius(line) : 0,
      pointBorderColor: colour,
      pointBorderWidth: line.mark === 'point' ? 0 : MARK.edge,
      pointBackgroundColor: line.mark === 'hollow' ? theme.ground : colour,
    }
  })
  const raw = lines.flatMap(({ line, x, raw: values }) => {
    if (!values) return []
    const borderColor = faded(theme.colour(line.colour), RAW_STRENGTH)
    return [{ data: points(x, values), borderColor, borderWidth: 1, pointRadius: 0 }]
  })
  return [...main, ...raw]
}

/** Lengths drawn and left out in turn; none for a solid line. */
export function dashesOf({ dash }: Pick<ChartLine, 'dash'>): number[] {
  return dash ? [...DASHES[dash]] : []
}

export function markRadius({ mark }: Pick<ChartLine, 'mark'>): number {
  return mark === 'point' ? LINE_WIDTH / 2 + 0.5 : MARK.radius
}

/** Bands lie over one another: beyond two, more of them are no stronger together. */
export function bandStrength({ lines }: Drawing): number {
  const bands = lines.filter(({ band }) => band !== null).length
  return BAND_STRENGTH * Math.min(1, 2 / Math.max(1, bands))
}

/** Marks at the edge are drawn whole, but a line that goes on beyond the view ends there. */
function clipOf(x: Float64Array, view: Extent) {
  const left = (x[0] ?? view.low) < view.low ? 0 : OVERHANG
  const right = (x.at(-1) ?? view.high) > view.high ? 0 : OVERHANG
  return { left, right, top: OVERHANG, bottom: OVERHANG }
}

function points(x: Float64Array, y: Float64Array): Point[] {
  return Array.from(x, (value, index) => ({ x: value, y: y[index]! }))
}
