const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * One Ctrl+C can arrive twice: from the terminal, and passed on by the process that started this one. What comes this
 * soon after the first is the same one.
 */
const ECHO_MS = 750

/**
 * Calls `first` when the process is told to end, and `again` when it is told once more.
 *
 * @returns the way to stop listening.
 */
export function untilInterrupted(first: () => void, again: () => void): () => void {
  let firstAt: number | null = null
  const interrupted = () => {
    const now = performance.now()
    if (firstAt === null) {
      firstAt = now
      first()
    } else if (now - firstAt > ECHO_MS) {
      again()
    }
  }
  for (const signal of SIGNALS) process.on(signal, interrupted)
  return () => {
    for (const signal of SIGNALS) process.off(signal, interrupted)
  }
}
