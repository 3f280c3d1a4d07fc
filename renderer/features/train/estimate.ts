/**
 * Processor seconds that a step of the notebook's two networks takes together, forward, backward and update at batch
 * 100 with the epoch's test in proportion: ten epochs took 171 s (binary) and 247 s (full precision) on two cores with
 * the C++ kernels.
 */
const SECONDS_PER_PAIR_OF_STEPS = 0.14
const STEPS = 6000

/** About how long the notebook's pair takes on this many threads, in minutes: rough on purpose. */
export function pairMinutes(threads: number): number {
  // Beyond eight threads these small layers gain nothing.
  const minutes = (STEPS * SECONDS_PER_PAIR_OF_STEPS) / 60 / Math.min(8, Math.max(1, threads))
  return minutes < 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5
}
