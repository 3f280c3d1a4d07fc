import type { Spread } from './messages.ts'

/** The value that this share of the sorted values stays below, between two of them by proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return below + (above - below) * (place - Math.floor(place))
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Median, quartiles and range of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
    range: [sorted[0]!, sorted.at(-1)!],
  }
}

/** One number a round, from what was measured in the same round: what slows a machine down slows both down. */
export function byRound(
  first: readonly number[],
  second: readonly number[],
  combine: (first: number, second: number) => number,
): Spread {
  return spreadOf(first.map((value, round) => combine(value, second[round]!)))
}

/** Multiply-adds in 10⁹ a second. */
export function gmacPerSecond(macs: number, milliseconds: number): number {
  return macs / milliseconds / 1e6
}
