import { HISTOGRAM_BUCKETS } from '#shared/snapshots/format.ts'

/** More weights than these are sampled, evenly: a million would take as long to count as a tenth of a training step. */
const MOST_COUNTED = 262_144

/**
 * How many weights lie in each of equal buckets over [-range, range], those beyond it in the outermost; of many weights
 * an even sample, scaled to their number.
 */
export function histogramOf(values: Float32Array, range: number): number[] {
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  const scale = HISTOGRAM_BUCKETS / (2 * range)
  // Odd, so that it does not meet the same filters again and again.
  const stride = values.length > MOST_COUNTED ? Math.ceil(values.length / MOST_COUNTED) | 1 : 1
  const each = values.length / Math.ceil(values.length / stride)
  for (let index = 0; index < values.length; index += stride) {
    const bucket = Math.trunc((values[index]! + range) * scale)
    counts[Math.max(0, Math.min(HISTOGRAM_BUCKETS - 1, bucket))]! += each
  }
  return [...counts].map(Math.round)
}

/** The largest magnitude. */
export function largestOf(values: Float32Array): number {
  let largest = 0
  for (let index = 0; index < values.length; index++) {
    const magnitude = Math.abs(values[index]!)
    if (magnitude > largest) largest = magnitude
  }
  return largest
}
