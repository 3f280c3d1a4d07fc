import { toAxis, type Axis, type ChartLine, type ChartMark } from './line.ts'
import type { Column } from './series.ts'

/** One row of the numbers behind a chart: the x on the axis, and one value a column, `null` where it has none there. */
export interface Row {
  readonly x: number
  readonly values: readonly (number | null)[]
  /** What is marked here. */
  readonly mark: string | null
}

/** The columns of numbers that a chart has: its lines as measured, and the edges of bands given with them. */
export interface NumberColumn {
  readonly label: string
  readonly line: ChartLine
  readonly y: Column
}

export function columnsOf(lines: readonly ChartLine[]): NumberColumn[] {
  return lines.flatMap((line) => [
    { label: line.label, line, y: line.y },
    ...(line.band
      ? [
          { label: `${line.label}, low`, line, y: line.band.low },
          { label: `${line.label}, high`, line, y: line.band.high },
        ]
      : []),
  ])
}

/**
 * The columns side by side over the union of their x values and of the marks, in rising order. Where a line has several
 * values at one x, the last counts.
 */
export function rowsOf(lines: readonly ChartLine[], marks: readonly ChartMark[] = []): Row[] {
  const width = columnsOf(lines).length
  const sources = sourcesOf(lines)
  const waiting = marks.toSorted((a, b) => a.x - b.x)
  const rows: Row[] = []
  let marked = 0
  // Every line rises by itself: the next row is always at the lowest x that any of them has next.
  for (;;) {
    const x = sources.reduce((lowest, source) => Math.min(lowest, nextOf(source)), waiting[marked]?.x ?? Infinity)
    // At the end of all lines; a place that is no number ends them too, as nothing can be ranked behind it.
    if (!(x < Infinity)) return rows
    const values = Array<number | null>(width).fill(null)
    for (const source of sources) {
      for (; nextOf(source) <= x; source.next++) {
        source.columns.forEach((column, index) => {
          const value = column[source.next]!
          values[source.first + index] = Number.isFinite(value) ? value : null
        })
      }
    }
    const labels: string[] = []
    for (; marked < waiting.length && waiting[marked]!.x <= x; marked++) labels.push(waiting[marked]!.label)
    rows.push({ x, values, mark: labels.length > 0 ? labels.join('; ') : null })
  }
}

/** A line that is read row by row. */
interface Source {
  readonly line: ChartLine
  readonly x: Float64Array
  readonly columns: readonly Float64Array[]
  /** Where its columns stand among those of all lines. */
  readonly first: number
  /** The entry that the next row has of it. */
  next: number
}

function sourcesOf(lines: readonly ChartLine[]): Source[] {
  let first = 0
  return lines.map((line) => {
    const columns = columnsOf([line]).map(({ y }) => y.view())
    const source = { line, x: line.x.view(), columns, first, next: 0 }
    first += columns.length
    return source
  })
}

function nextOf({ line, x, next }: Source): number {
  return next < x.length ? toAxis(line, x[next]!) : Infinity
}

/** The same as comma-separated values (RFC 4180), with a line of headings. */
export function toCsv(axis: Axis, lines: readonly ChartLine[], marks: readonly ChartMark[] = []): string {
  const write = axis.formatExact ?? String
  const hasMarks = marks.length > 0
  const labels = columnsOf(lines).map(({ label }) => label)
  const head = [axis.label, ...labels, ...(hasMarks ? ['Marks'] : [])].map(quoted).join(',')
  const body = rowsOf(lines, marks).map(({ x, values, mark }) =>
    [write(x), ...values.map((value) => value ?? ''), ...(hasMarks ? [quoted(mark ?? '')] : [])].join(','),
  )
  return [head, ...body, ''].join('\r\n')
}

function quoted(text: string): string {
  // A leading formula sign would be run by spreadsheets.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
