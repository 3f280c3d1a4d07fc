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

/** The columns side by side over the union of their x values and of the marks, in rising order. */
export function rowsOf(lines: readonly ChartLine[], marks: readonly ChartMark[] = []): Row[] {
  const columns = columnsOf(lines)
  const rows = new Map<number, { values: (number | null)[]; mark: string | null }>()
  const rowAt = (x: number) => {
    const row = rows.get(x) ?? { values: Array<number | null>(columns.length).fill(null), mark: null }
    rows.set(x, row)
    return row
  }
  columns.forEach(({ line, y }, column) => {
    const values = y.view()
    line.x.view().forEach((x, index) => {
      const value = values[index]!
      rowAt(toAxis(line, x)).values[column] = Number.isFinite(value) ? value : null
    })
  })
  for (const { x, label } of marks) {
    const row = rowAt(x)
    row.mark = row.mark === null ? label : `${row.mark}; ${label}`
  }
  return [...rows].map(([x, row]) => ({ x, ...row })).toSorted((a, b) => a.x - b.x)
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
