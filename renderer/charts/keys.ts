import type { Frame } from './frame.ts'
import type { ChartLine } from './line.ts'

/** How wide a letter of the legend is at most, in pixels: a file knows no fonts to measure. */
const LETTER = 7
export const SAMPLE_WIDTH = 20
const ROW = 20

/** Room around a chart in a picture of it, in pixels. */
export const MARGIN = 16
const TITLE = 30

/** What a picture of a chart says in words. */
export interface Caption {
  readonly title: string
  /** The chart in words, for those who cannot see it. */
  readonly description: string
  /** What the horizontal axis counts, which the page tells elsewhere. */
  readonly axis: string
}

/** Which line is which: a piece of the line and its label. */
export interface Key {
  readonly line: ChartLine
  /** Left end and middle of the piece of line; the label begins at `text`. */
  readonly left: number
  readonly text: number
  readonly middle: number
}

/** The legend of a picture `width` pixels wide, in as many rows as it takes, and the height of all above the chart. */
export function layOutKeys(lines: readonly ChartLine[], width: number): { keys: Key[]; head: number } {
  let left = MARGIN
  let middle = TITLE + ROW / 2
  const keys = lines.map((line) => {
    const wide = SAMPLE_WIDTH + 6 + line.label.length * LETTER
    if (left > MARGIN && left + wide > width - MARGIN) {
      left = MARGIN
      middle += ROW
    }
    const key = { line, left, text: left + SAMPLE_WIDTH + 6, middle }
    left += wide + 16
    return key
  })
  return { keys, head: middle + ROW / 2 + 6 }
}

/** The middle and the baseline of the name of the horizontal axis, in the margin beneath a chart of this height. */
export function placeAxisName({ left, right }: Frame, head: number, height: number): { x: number; y: number } {
  return { x: MARGIN + (left + right) / 2, y: head + height + 8 }
}
