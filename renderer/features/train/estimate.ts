/**
 * Processor seconds that a step of the notebook's two networks takes together, forward, backward and update at batch
 * 100, measured on a Zen 3 core with AVX2.
 */
const SECONDS_PER_PAIR_OF_STEPS = 0.5
const STEPS = 6000

/** About how long the notebook's pair takes on this many threads: rough on purpose, to the nearest five minutes. */
export function pairMinutes(threads: number): number {
  // Beyond eight threads these small layers gain nothing.
  const minutes = (STEPS * SECONDS_PER_PAIR_OF_STEPS) / 60 / Math.min(8, Math.max(1, threads))
  return Math.max(5, Math.round(minutes / 5) * 5)
}
