import { formatCount, formatPercent, formatPercentSpread } from '#shared/format/numbers.ts'

/** Numbers as the window writes them: thin, stable in width, never more digits than they mean. */

export { formatCount, formatPercent, formatPercentSpread }

/** A count in three digits, such as "1.14 M". */
export function formatShortCount(value: number): string {
  if (value < 10_000) return formatCount(value)
  const [divisor, unit] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  return `${threeDigits(value / divisor)} ${unit}`
}

/** Bytes in binary units, such as "251 KiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [divisor, unit] =
    bytes >= 1024 ** 3 ? [1024 ** 3, 'GiB'] : bytes >= 1024 ** 2 ? [1024 ** 2, 'MiB'] : [1024, 'KiB']
  return `${threeDigits(bytes / divisor)} ${unit}`
}

/** Seconds as people say them: "42 s", "4 min 5 s", "1 h 12 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

function threeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
