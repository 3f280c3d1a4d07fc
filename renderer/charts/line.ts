import type { Series } from './series.ts'

/** One line of a chart. */
export interface ChartLine extends Series {
  readonly id: string
  readonly label: string
  /** Name of a colour token, such as "run-1". */
  readonly colour: string
  /** Test values; training values are solid. */
  readonly dashed?: boolean
  /** Weight of the smoothing, 0 for none; the raw line stays faint beneath. */
  readonly smoothing?: number
  /** Every value gets a mark, for lines of few: filled for full precision, hollow for binary. */
  readonly mark?: 'filled' | 'hollow'
}

/** What an axis says and how it writes its values. */
export interface Axis {
  readonly label: string
  readonly format: (value: number) => string
  /** Lowest and highest values that make sense, such as 1 for an accuracy. */
  readonly low?: number
  readonly high?: number
}
