import type { Extent } from './extent.ts'

/** A line of the grid. */
export interface Tick {
  readonly value: number
  readonly label: string
}

/** A drawn chart's axes and where they stand, in CSS pixels of its canvas. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: Extent
  readonly y: Extent
  /** The vertical axis counts powers. */
  readonly logarithmic: boolean
  readonly xTicks: readonly Tick[]
  readonly yTicks: readonly Tick[]
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** What part of the plane a chart shows; `null` where it follows the lines. */
export interface View {
  readonly x: Extent | null
  readonly y: Extent | null
}

export function xToPixel({ left, right, x }: Frame, value: number): number {
  return left + ((value - x.low) / (x.high - x.low)) * (right - left)
}

export function pixelToX({ left, right, x }: Frame, pixel: number): number {
  return x.low + ((pixel - left) / (right - left)) * (x.high - x.low)
}

export function yToPixel({ top, bottom, y, logarithmic }: Frame, value: number): number {
  const share = logarithmic ? Math.log(value / y.low) / Math.log(y.high / y.low) : (value - y.low) / (y.high - y.low)
  return bottom - share * (bottom - top)
}

export function pixelToY({ top, bottom, y, logarithmic }: Frame, pixel: number): number {
  const share = (bottom - pixel) / (bottom - top)
  return logarithmic ? y.low * (y.high / y.low) ** share : y.low + share * (y.high - y.low)
}

/** The view in which everything stands `factor` times as far from `at`; below 1, nearer to it. */
export function zoomed(frame: Frame, at: Place, factor: number): { x: Extent; y: Extent } {
  const { left, right, top, bottom } = frame
  return between(frame, {
    left: at.x - (at.x - left) / factor,
    right: at.x + (right - at.x) / factor,
    top: at.y - (at.y - top) / factor,
    bottom: at.y + (bottom - at.y) / factor,
  })
}

/** The view after pulling the plane by so many pixels to the right and down. */
export function panned(frame: Frame, { x, y }: Place): { x: Extent; y: Extent } {
  const { left, right, top, bottom } = frame
  return between(frame, { left: left - x, right: right - x, top: top - y, bottom: bottom - y })
}

/** The view that fills the chart with a box of pixels. */
export function between(
  frame: Frame,
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): { x: Extent; y: Extent } {
  return {
    x: { low: pixelToX(frame, box.left), high: pixelToX(frame, box.right) },
    y: { low: pixelToY(frame, box.bottom), high: pixelToY(frame, box.top) },
  }
}

/**
 * `extent` moved and shrunk into `whole`, and not narrower than `least`.
 *
 * @returns `null` when that is all of it.
 */
export function within(extent: Extent, whole: Extent, least: number): Extent | null {
  const full = whole.high - whole.low
  const span = Math.max(extent.high - extent.low, least)
  if (!(span < full)) return null
  const middle = (extent.low + extent.high) / 2
  const low = Math.min(Math.max(middle - span / 2, whole.low), whole.high - span)
  return { low, high: low + span }
}
