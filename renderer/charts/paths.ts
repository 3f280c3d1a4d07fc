import { xToPixel, yToPixel, type Frame } from './frame.ts'

/**
 * A line as SVG path data, which canvases take too. A value that is not finite leaves a gap; a value alone between two
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

/** What lies between two lines, as SVG path data: one closed shape for each stretch without a gap. */
export function bandPath(frame: Frame, x: Float64Array, low: Float64Array, high: Float64Array): string {
  let path = ''
  for (let first = 0; first < x.length; first++) {
    let end = first
    while (end < x.length && Number.isFinite(low[end]!) && Number.isFinite(high[end]!)) end++
    const upper: string[] = []
    const lower: string[] = []
    for (let index = first; index < end; index++) {
      upper.push(at(frame, x[index]!, high[index]!))
      lower.push(at(frame, x[index]!, low[index]!))
    }
    if (upper.length > 0) path += `M${upper.join('L')}L${lower.reverse().join('L')}Z`
    first = end
  }
  return path
}

function at(frame: Frame, x: number, y: number): string {
  return `${short(xToPixel(frame, x))} ${short(yToPixel(frame, y))}`
}

/** A hundredth of a pixel is enough, and what lies far outside is cut off anyway. */
function short(value: number): number {
  return Math.round(Math.min(1e5, Math.max(-1e5, value)) * 100) / 100
}
