/** One plain line on stderr: stdout belongs to results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Says that something is still going on, so that a slow network does not look like a hang; returns the way to stop. */
export function sayWhileWaiting(what: string, everyMs = 15_000): () => void {
  const began = Date.now()
  const timer = setInterval(() => say(`  still ${what} (${seconds(Date.now() - began)})`), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Milliseconds for a reader: "0.4 s", "12 s". */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`
}

/** Bytes for a reader: "274 MB". */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
