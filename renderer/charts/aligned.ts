/** Columns of equal meaning by index as one; entries are NaN where no column says anything. */
export interface AlignedAggregate {
  readonly mean: Float64Array
  /** Sample standard deviation, with n - 1 beneath; 0 where only one column says something. */
  readonly std: Float64Array
}

/**
 * Mean and spread of columns whose entries stand at the same x, such as the steps of runs that are alike. Shorter
 * columns say nothing behind their end, nor does any where it is not finite.
 *
 * The same as `aggregateRuns` for such runs, in one pass over a million steps where that one sorts and looks up.
 */
export function aggregateAligned(columns: readonly Float64Array[]): AlignedAggregate {
  const length = Math.max(0, ...columns.map((column) => column.length))
  const mean = new Float64Array(length)
  const std = new Float64Array(length)
  const count = new Int32Array(length)
  for (const column of columns) {
    // Welford's update: sums of squares would cancel where the spread is small beside the mean.
    for (let index = 0; index < column.length; index++) {
      const value = column[index]!
      if (!Number.isFinite(value)) continue
      const before = value - mean[index]!
      count[index]!++
      mean[index]! += before / count[index]!
      std[index]! += before * (value - mean[index]!)
    }
  }
  for (let index = 0; index < length; index++) {
    if (count[index] === 0) mean[index] = std[index] = NaN
    else std[index] = count[index] === 1 ? 0 : Math.sqrt(std[index]! / (count[index]! - 1))
  }
  return { mean, std }
}
