import type { Spread } from '../statistics.ts'

/** Numbers as both the window and the command line write them. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1141330` as "1,141,330". */
export function formatCount(value: number): string {
  return grouped.format(value)
}

/** A share of one as a percentage, such as "98.39 %". */
export function formatPercent(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`
}

/** Seconds as on a clock: "0:42", "12:05", "1:02:05". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}

/** Mean and standard deviation of shares as percentages, such as "98.39 ± 0.07 %"; a single one has no deviation. */
export function formatPercentSpread({ mean, std, count }: Spread): string {
  if (count === 1) return formatPercent(mean)
  return `${(mean * 100).toFixed(2)} ± ${formatPercent(std)}`
}
