import type { Axis, ChartLine } from './line.ts'
import { latestReadings } from './reading.ts'

/** A chart in words: its title and the latest number of every line. */
export function describe(title: string, lines: readonly ChartLine[], x: Axis, y: Axis): string {
  const latest = latestReadings(lines)
  if (latest.length === 0) return `${title}. Nothing measured yet.`
  const parts = latest.map(
    ({ line, x: at, value }) => `${line.label}: ${y.format(value)} at ${x.label.toLowerCase()} ${x.format(at)}`,
  )
  return `${title}. ${parts.join('. ')}.`
}
