import type { Column, Series } from './series.ts'

/** One line of a chart. */
export interface ChartLine extends Series {
  readonly id: string
  readonly label: string
  /** Name of a colour token, such as "run-1". */
  readonly colour: string
  /** Where the line's x stand on the axis, when they count something else, such as steps on an axis of epochs. */
  readonly placing?: Placing
  /** How the line is broken; what was measured in training is solid. */
  readonly dash?: Dash
  /** Weight of the smoothing, 0 for none; the raw line stays faint beneath. */
  readonly smoothing?: number
  /**
   * Every value gets a mark, for lines of few: filled for full precision, hollow for binary; a point is no wider than
   * the line, so that a value without neighbours is seen.
   */
  readonly mark?: 'filled' | 'hollow' | 'point'
  /** What lies around the line, such as one standard deviation, in place of the extremes of its columns. */
  readonly band?: { readonly low: Column; readonly high: Column }
}

export type Dash = 'dashed' | 'dotted'

/** Axis value = offset + factor · x, and what a jump before x adds. */
export interface Placing {
  readonly offset: number
  readonly factor: number
  /** In the order of their x; none adds less than the one before. */
  readonly jumps?: readonly Jump[]
}

/** Beyond x = `after`, everything stands so much further along the axis. */
export interface Jump {
  readonly after: number
  readonly by: number
}

/** What an axis says and how it writes its values. */
export interface Axis {
  readonly label: string
  readonly format: (value: number) => string
  /** How the axis itself writes its round values, where that takes fewer digits. */
  readonly formatTick?: (value: number) => string
  /** Where the axis has its lines, about so many at most; round decimal numbers if left out. */
  readonly ticks?: (extent: { readonly low: number; readonly high: number }, most: number) => number[]
  /** How a file writes a value, where its number alone says little. */
  readonly formatExact?: (value: number) => string
  /** Only whole numbers mean something. */
  readonly isWhole?: boolean
  /** Lowest and highest values that make sense, such as 1 for an accuracy. A horizontal axis begins at its lowest. */
  readonly low?: number
  readonly high?: number
  /** Shows all that makes sense unless the person asks to fit the lines. */
  readonly isFixed?: boolean
}

/** An event at one place, drawn as a labelled vertical line. */
export interface ChartMark {
  /** On the horizontal axis. */
  readonly x: number
  readonly label: string
}

const AS_IT_IS: Placing = { offset: 0, factor: 1 }

/** Where `x` of the line stands on the axis. */
export function toAxis({ placing = AS_IT_IS }: Pick<ChartLine, 'placing'>, x: number): number {
  const jumped = placing.jumps?.findLast(({ after }) => x > after)?.by ?? 0
  return placing.offset + placing.factor * x + jumped
}

/** Which x of the line stands at `value` of the axis; where a jump leaves a gap, the last before it. */
export function fromAxis({ placing = AS_IT_IS }: Pick<ChartLine, 'placing'>, value: number): number {
  const { offset, factor, jumps = [] } = placing
  let x = (value - offset) / factor
  for (const { after, by } of jumps) {
    if (x <= after) break
    x = Math.max(after, (value - offset - by) / factor)
  }
  return x
}
