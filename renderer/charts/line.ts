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
  /** How the axis itself writes its round values, where that takes fewer digits. */
  readonly formatTick?: (value: number) => string
  /** Only whole numbers mean something. */
  readonly isWhole?: boolean
  /** Lowest and highest values that make sense, such as 1 for an accuracy. A horizontal axis begins at its lowest. */
  readonly low?: number
  readonly high?: number
}
