import type { Extent } from './extent.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps in which people read time, in seconds; below a second they are decimal, above a day whole days. */
const STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((count) => [count, count * MINUTE])
  .concat([HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY])
  .toSorted((a, b) => a - b)

/** Round places on an axis of seconds, at most `most` of them. */
export function durationTicks(extent: Extent, most: number): number[] {
  return multiples(extent, stepFor(extent.high - extent.low, most))
}

/** Round places on an axis of milliseconds since 1970, round on the person's own clock. */
export function clockTicks({ low, high }: Extent, most: number): number[] {
  const shift = -new Date(low).getTimezoneOffset() * MINUTE
  const local = { low: low / 1000 + shift, high: high / 1000 + shift }
  return multiples(local, stepFor(local.high - local.low, most)).map((second) => (second - shift) * 1000)
}

function stepFor(span: number, most: number): number {
  const rough = span / most
  const known = STEPS.find((step) => step >= rough)
  if (rough > 0.5 && known) return known
  const unit = rough > 0.5 ? DAY : 1
  const power = 10 ** Math.floor(Math.log10(rough / unit))
  return unit * [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough / unit)!
}

function multiples({ low, high }: Extent, step: number): number[] {
  if (!(step > 0) || !Number.isFinite(step)) return []
  const first = Math.ceil(low / step)
  const count = Math.max(0, Math.floor(high / step) - first + 1)
  return Array.from({ length: count }, (_, index) => (first + index) * step)
}
