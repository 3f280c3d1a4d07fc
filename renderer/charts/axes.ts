import type { Extent } from './extent.ts'
import type { Frame, Tick } from './frame.ts'
import type { Axis } from './line.ts'
import { decimalTicks, powerTicks } from './ticks.ts'

export interface AxesSettings {
  readonly x: Axis
  readonly y: Axis
  readonly xExtent: Extent
  readonly yExtent: Extent
  readonly logarithmic: boolean
  /** Labels of marks stand above the plot. */
  readonly hasMarks: boolean
}

/** Room for the numbers of a vertical axis: the same in all charts, so that what stands in a column has the same x. */
const AXIS_WIDTH = 54
/** Room for the numbers of a horizontal axis. */
const AXIS_HEIGHT = 24
/** Half of the longest number of a horizontal axis. */
const RIGHT_MARGIN = 26
const TOP_MARGIN = 6
const MARKS_MARGIN = 20

/** From one line of the grid to the next at least, in pixels, and how many there are at most. */
const X_TICKS = { room: 64, most: 8 } as const
const Y_TICKS = { room: 28, most: 6 } as const
/** Asked for fewer, there might be none at all: between two round numbers lies up to two and a half times as much. */
const FEWEST_TICKS = 3

/** How wide the plot is in a chart of this width. */
export function plotWidth(width: number): number {
  return Math.max(1, width - AXIS_WIDTH - RIGHT_MARGIN)
}

/** Where the axes of a chart of this size stand, and what is written at them. */
export function layOutAxes(size: { readonly width: number; readonly height: number }, settings: AxesSettings): Frame {
  const { x, y, xExtent, yExtent, logarithmic, hasMarks } = settings
  const top = hasMarks ? MARKS_MARGIN : TOP_MARGIN
  const bottom = Math.max(top + 1, size.height - AXIS_HEIGHT)
  const width = plotWidth(size.width)
  const most = ({ room, most }: { room: number; most: number }, pixels: number) =>
    Math.max(FEWEST_TICKS, Math.min(most, Math.floor(pixels / room)))
  return {
    ...{ left: AXIS_WIDTH, right: AXIS_WIDTH + width, top, bottom, x: xExtent, y: yExtent, logarithmic },
    xTicks: ticksOf(x, xExtent, most(X_TICKS, width), false),
    yTicks: ticksOf(y, yExtent, most(Y_TICKS, bottom - top), logarithmic),
  }
}

function ticksOf(axis: Axis, extent: Extent, most: number, logarithmic: boolean): Tick[] {
  const write = axis.formatTick ?? axis.format
  const values = logarithmic
    ? powerTicks(extent, most)
    : (axis.ticks?.(extent, most) ?? decimalTicks(extent, most, axis.isWhole))
  return values.map((value) => ({ value, label: write(value) }))
}
