/**
 * Ends of runs that could not be written when they came, say on a full disk. Each is tried again until it stands in the
 * store: until then its run would count as trained by an engine that is gone.
 */
export class OpenEnds {
  private readonly ends = new Map<string, () => void>()
  private readonly everyMs: number
  private timer: NodeJS.Timeout | undefined

  /** @param everyMs how often to try again. */
  constructor(everyMs: number) {
    this.everyMs = everyMs
  }

  /** @param record writes the end, or throws. */
  keep(runId: string, record: () => void): void {
    this.ends.set(runId, record)
    this.timer ??= setInterval(() => this.tryAll(), this.everyMs).unref()
  }

  /** The run goes on: what was to be written is no longer true. */
  forget(runId: string): void {
    this.ends.delete(runId)
    this.rest()
  }

  /** Tries for the last time; what cannot be written then is found when the lab opens again. */
  close(): void {
    this.tryAll()
    this.ends.clear()
    this.rest()
  }

  private tryAll(): void {
    for (const [runId, record] of this.ends) {
      try {
        record()
        this.ends.delete(runId)
      } catch {
        // It was told when it failed for the first time.
      }
    }
    this.rest()
  }

  private rest(): void {
    if (this.ends.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
