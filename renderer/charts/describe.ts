import type { Frame } from './frame.ts'
import type { Axis, ChartLine, ChartMark } from './line.ts'
import { latestReadings, type Reading } from './reading.ts'

/** A chart in words: its title, the latest number of every line, and what is marked. */
export function describe(
  title: string,
  lines: readonly ChartLine[],
  x: Axis,
  y: Axis,
  marks: readonly ChartMark[] = [],
): string {
  const latest = latestReadings(lines)
  if (latest.length === 0) return `${title}. Nothing measured yet.`
  const at = (place: number) => `at ${x.label.toLowerCase()} ${x.format(place)}`
  const numbers = latest.map(({ line, x: place, value }) => `${line.label}: ${y.format(value)} ${at(place)}`)
  const events = marks.map((mark) => `${mark.label} ${at(mark.x)}`)
  return `${[title, ...numbers, ...(events.length > 0 ? [`Marked: ${events.join(', ')}`] : [])].join('. ')}.`
}

/** The place under the crosshair in words. */
export function describePlace(
  at: number,
  readings: readonly Reading[],
  marks: readonly ChartMark[],
  x: Axis,
  y: Axis,
): string {
  return [
    `${x.label} ${x.format(at)}`,
    ...marks.map(({ label }) => label),
    ...readings.map(({ line, value }) => `${line.label} ${y.format(value)}`),
  ].join(', ')
}

/** The part of the plane in view in words. */
export function describeView({ x: extent, y: height }: Frame, x: Axis, y: Axis): string {
  return `${x.label} ${x.format(extent.low)} to ${x.format(extent.high)}, ${y.label.toLowerCase()} ${y.format(height.low)} to ${y.format(height.high)}`
}
