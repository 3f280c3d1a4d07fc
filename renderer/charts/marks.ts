import { xToPixel, type Frame } from './frame.ts'
import type { ChartMark } from './line.ts'

/** How wide a letter of a mark's label is at most, in pixels: a file knows no fonts to measure. */
const LETTER = 6.5
const GAP = 4

export interface PlacedMark {
  readonly mark: ChartMark
  /** In pixels of the chart. */
  readonly x: number
  /** Where the label begins; `null` where it would stand over another. */
  readonly label: number | null
}

/** The marks in sight from left to right, with labels where there is room for them. */
export function placeMarks(marks: readonly ChartMark[], frame: Frame): PlacedMark[] {
  let free = frame.left
  return marks
    .map((mark) => ({ mark, x: xToPixel(frame, mark.x) }))
    .filter(({ x }) => x >= frame.left && x <= frame.right)
    .toSorted((a, b) => a.x - b.x)
    .map(({ mark, x }) => {
      const width = mark.label.length * LETTER
      const right = x + GAP
      // At the right edge there is only room on the left of the line.
      const label = right + width <= frame.right ? right : x - GAP - width
      if (label < free) return { mark, x, label: null }
      free = Math.max(x, label + width) + GAP
      return { mark, x, label }
    })
}

/** The marks near a place of the chart, in pixels. */
export function marksNear(marks: readonly ChartMark[], frame: Frame, x: number, reach = 6): ChartMark[] {
  return marks.filter((mark) => Math.abs(xToPixel(frame, mark.x) - x) <= reach)
}
