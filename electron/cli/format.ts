/** What only the command line shows like this; the rest is in shared/format. */

import { formatPercent } from '#shared/format/numbers.ts'

export function percent(share: number | null): string {
  return share === null ? '–' : formatPercent(share)
}

/** Of 1024 bytes, as larq counts them. */
export function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(2)
}

export function loss(value: number | null): string {
  return value === null ? '–' : value.toFixed(4)
}

/** The day and minute of an ISO 8601 time, in the time zone of the machine. */
export function dayAndTime(iso: string): string {
  const time = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
}
