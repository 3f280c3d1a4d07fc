import type { ChartLine } from './line.ts'

/** One row of the numbers behind a chart: the x value, and one value a line, `null` where a line has none there. */
export interface Row {
  readonly x: number
  readonly values: readonly (number | null)[]
}

/** The lines side by side over the union of their x values, in rising order. */
export function rowsOf(lines: readonly ChartLine[]): Row[] {
  const rows = new Map<number, (number | null)[]>()
  lines.forEach((line, column) => {
    const y = line.y.view()
    line.x.view().forEach((x, index) => {
      const row = rows.get(x) ?? Array<number | null>(lines.length).fill(null)
      row[column] = Number.isFinite(y[index]!) ? y[index]! : null
      rows.set(x, row)
    })
  })
  return [...rows].map(([x, values]) => ({ x, values })).toSorted((a, b) => a.x - b.x)
}

/** The same as comma-separated values (RFC 4180), with a line of headings. */
export function toCsv(xLabel: string, lines: readonly ChartLine[]): string {
  const head = [xLabel, ...lines.map((line) => line.label)].map(quoted).join(',')
  const body = rowsOf(lines).map(({ x, values }) => [x, ...values.map((value) => value ?? '')].join(','))
  return [head, ...body, ''].join('\r\n')
}

function quoted(text: string): string {
  // A leading formula sign would be run by spreadsheets.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
