import { totalmem } from 'node:os'

/** How long the supervisor waits, and how much an engine may take. */
export interface SupervisionLimits {
  /** Without a report for this long, a run counts as stalled. */
  readonly stalledAfterMs: number
  /** How long an engine may take to stop with a checkpoint before it is killed. */
  readonly stopWithinMs: number
  /** How long an engine may live on after its last report. */
  readonly exitWithinMs: number
  /** How often silence and memory are looked at. */
  readonly checkEveryMs: number
  /** Resident memory at which an engine is ended before the system ends something else. */
  readonly memoryBytes: number
  /** How long the inference engine stays without a question. */
  readonly idleAfterMs: number
  /** How long one prediction may take. */
  readonly answerWithinMs: number
}

export const DEFAULT_LIMITS: SupervisionLimits = {
  stalledAfterMs: 60_000,
  stopWithinMs: 20_000,
  exitWithinMs: 5_000,
  checkEveryMs: 2_000,
  memoryBytes: 0.85 * availableMemory(),
  idleAfterMs: 300_000,
  answerWithinMs: 60_000,
}

/** What this machine, or the container around us, has in all. */
function availableMemory(): number {
  const container = process.constrainedMemory()
  // Without a limit the answer is 0 or an absurdly large number.
  return container > 0 ? Math.min(container, totalmem()) : totalmem()
}
