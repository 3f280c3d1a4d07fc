/** Numbers as the command line shows them. */

export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(2)} %`
}

/** `1,141,330`. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** `0:09`, `12:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
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
