/** Several values as one. */
export interface Spread {
  readonly mean: number
  /** Sample standard deviation, with n - 1 beneath; 0 for a single value. */
  readonly std: number
  readonly count: number
}

/** Mean and spread of values that are all finite; `null` where there are none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, std: count < 2 ? 0 : Math.sqrt(squares / (count - 1)), count }
}
