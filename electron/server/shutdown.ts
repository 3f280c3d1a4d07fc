/** Longer than the host gives a training run for its last checkpoint. */
const CLOSE_LIMIT_MS = 30_000

const INTERRUPTED = 130

/**
 * Closes the lab on Ctrl+C, on SIGTERM and when the terminal is closed, then ends the process. Whoever asks a second
 * time does not want to wait.
 */
export function closeOnSignals(close: () => Promise<void>, limitMs = CLOSE_LIMIT_MS): void {
  let closing = false
  const end = () => {
    if (closing) process.exit(INTERRUPTED)
    closing = true
    setTimeout(() => {
      console.error('Signum did not close in time.')
      process.exit(1)
    }, limitMs).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('Signum did not close cleanly:', error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}
