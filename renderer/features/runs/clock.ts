import type { RunDetail } from '#shared/contract/runs.ts'
import type { Jump, Placing } from '../../charts/line.ts'

const MILLISECONDS = 1000

/**
 * Where seconds of training stand on the clock, in milliseconds since 1970: they go on where the run went on, after
 * waiting, a pause or an interruption. What earlier versions have trained, which did not write that down, is placed as
 * if it had been trained at once.
 */
export function placeOnClock({ createdAt, stretches }: Pick<RunDetail, 'createdAt' | 'stretches'>): Placing {
  const first = stretches[0]?.seconds === 0 ? stretches[0] : { seconds: 0, beganAt: createdAt }
  const offset = Date.parse(first.beganAt)
  const jumps: Jump[] = []
  for (const { seconds, beganAt } of stretches.filter((stretch) => stretch !== first)) {
    const by = Date.parse(beganAt) - MILLISECONDS * seconds - offset
    // A clock that was set back meanwhile must not turn the line around.
    jumps.push({ after: seconds, by: Math.max(by, jumps.at(-1)?.by ?? 0) })
  }
  return { offset, factor: MILLISECONDS, jumps }
}
