import { xToPixel, yToPixel, type Frame } from './frame.ts'

/**
 * A line as SVG path data. A value that is not finite leaves a gap; a value alone between two
 * gaps is a line of no length, which round caps make a dot.
 */
export function linePath(frame: Frame, x: Float64Array, y: Float64Array): string {
  let path = ''
  let isOpen = false
  y.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      isOpen = false
      return
    }
    const next = y[index + 1]
    const isAlone = !isOpen && (next === undefined || !Number.isFinite(next))
    const place = at(frame, x[index]!, value)
    path += `${isOpen ? 'L' : 'M'}${place}${isAlone ? 'h0' : ''}`
    isOpen = true
  })
  return path
}

/** What takes an outline, as a canvas does. */
export type Outline = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'closePath'>

/** Traces what lies between two lines: one closed shape for each stretch without a gap. */
export function traceBand(to: Outline, frame: Frame, x: Float64Array, low: Float64Array, high: Float64Array): void {
  const isThere = (index: number) => Number.isFinite(low[index]!) && Number.isFinite(high[index]!)
  for (let first = 0; first < x.length; first++) {
    if (!isThere(first)) continue
    let end = first + 1
    while (end < x.length && isThere(end)) end++
    to.moveTo(near(xToPixel(frame, x[first]!)), near(yToPixel(frame, high[first]!)))
    for (let index = first + 1; index < end; index++) {
      to.lineTo(near(xToPixel(frame, x[index]!)), near(yToPixel(frame, high[index]!)))
    }
    for (let index = end - 1; index >= first; index--) {
      to.lineTo(near(xToPixel(frame, x[index]!)), near(yToPixel(frame, low[index]!)))
    }
    to.closePath()
    first = end
  }
}

/** The same as SVG path data. */
export function bandPath(frame: Frame, x: Float64Array, low: Float64Array, high: Float64Array): string {
  let path = ''
  const text: Outline = {
    moveTo: (x, y) => void (path += `M${short(x)} ${short(y)}`),
    lineTo: (x, y) => void (path += `L${short(x)} ${short(y)}`),
    closePath: () => void (path += 'Z'),
  }
  traceBand(text, frame, x, low, high)
  return path
}

function at(frame: Frame, x: number, y: number): string {
  return `${short(near(xToPixel(frame, x)))} ${short(near(yToPixel(frame, y)))}`
}

/** What lies far outside is cut off anyway, and no picture takes numbers of any size. */
function near(pixel: number): number {
  return Math.min(1e5, Math.max(-1e5, pixel))
}

/** A hundredth of a pixel is enough. */
function short(pixel: number): number {
  return Math.round(pixel * 100) / 100
}
