import type { Extent } from './extent.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps in which people read time, in seconds; below a second they are decimal, above a day whole days. */
const STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((count) => [count, count * MINUTE])
  .concat([HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY])
  .toSorted((a, b) => a - b)

/** Round places on an axis of seconds, at most `most` of them and one more. */
export function durationTicks(extent: Extent, most: number): number[] {
  return multiples(extent, timeStepFor(extent.high - extent.low, most))
}

/** Round places on an axis of milliseconds since 1970, round on the person's own clock. */
export function clockTicks({ low, high }: Extent, most: number): number[] {
  const shift = -new Date(low).getTimezoneOffset() * MINUTE
  const local = { low: low / 1000 + shift, high: high / 1000 + shift }
  return multiples(local, timeStepFor(local.high - local.low, most)).map((second) => (second - shift) * 1000)
}

/** Round decimal numbers of an axis, at most `most` of them and one more. */
export function decimalTicks(extent: Extent, most: number, isWhole = false): number[] {
  const step = decimalStepFor(extent.high - extent.low, most)
  return multiples(extent, isWhole ? Math.max(1, step) : step)
}

/** Which numbers of a decade are marked, the most first. */
const DECADES = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]] as const

/** Round places on a logarithmic axis above 0: as many numbers of each decade as there is room for `most` in all. */
export function powerTicks({ low, high }: Extent, most: number): number[] {
  if (!(low > 0 && high > low) || !Number.isFinite(high)) return []
  // Powers such as 10 ** -1 are not exact: an end that is one of them must not be lost.
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.floor(Math.log10(high) + 1e-9)]
  const within = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
  const ticksOf = (numbers: readonly number[], every = 1) => {
    const decades = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every)
    return decades.flatMap((power) => numbers.map((number) => Number(`${number}e${power}`))).filter(within)
  }
  for (const numbers of DECADES) {
    const ticks = ticksOf(numbers)
    if (ticks.length > most) continue
    // Within one decade, what is round on any axis says more than one power.
    return ticks.length >= 2 ? ticks : decimalTicks({ low, high }, most)
  }
  return ticksOf([1], Math.ceil((last - first + 1) / most))
}

function timeStepFor(span: number, most: number): number {
  const rough = span / most
  const known = STEPS.find((step) => step >= rough)
  if (rough > 0.5 && known) return known
  return rough > 0.5 ? DAY * decimalStepFor(span / DAY, most) : decimalStepFor(span, most)
}

function decimalStepFor(span: number, most: number): number {
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5].map((factor) => factor * power).find((step) => step >= rough * (1 - 1e-9)) ?? 10 * power
}

function multiples({ low, high }: Extent, step: number): number[] {
  if (!(step > 0) || !Number.isFinite(step)) return []
  // Division leaves binary dust such as 2.9999999999999996 behind, which would cost the tick at an end.
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.max(0, Math.floor(high / step + 1e-9) - first + 1)
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(15)))
}
