import { availableParallelism } from 'node:os'
import type { RunRecord } from '#electron/store/repositories/runs.ts'
import { LIMITS } from '#shared/model/limits.ts'

/**
 * The threads a run is trained with: those that were asked for; else those it began with, because another number rounds
 * in other places; else its share of the processor. Never more than settings may ask for.
 *
 * @param together runs that train when it begins, itself among them. What begins or ends later changes nothing.
 */
export function threadsOf(
  { settings, provenance }: Pick<RunRecord, 'settings' | 'provenance'>,
  together: number,
  available = availableParallelism(),
): number {
  const threads = settings.threads ?? provenance.threads ?? Math.max(1, Math.floor(available / together))
  return Math.min(threads, LIMITS.threads)
}
