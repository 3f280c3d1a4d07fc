/** One run of a group: values over steps, epochs or time. */
export interface RunSeries {
  /** Never falling. */
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** Several runs as one. All arrays have one entry for each x. */
export interface Aggregate {
  readonly x: Float64Array
  readonly mean: Float64Array
  /** Sample standard deviation, with n - 1 beneath; 0 where only one run says something. */
  readonly std: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** How many runs say something. */
  readonly count: Int32Array
}

/**
 * Mean, spread and extremes of several runs, such as one network trained from several seeds.
 *
 * The common x are those of all runs together. Between its own points a run is taken to go straight; before its first
 * and after its last it says nothing, so that `count` falls where runs end early. Values that are not finite are left
 * out.
 */
export function aggregateRuns(runs: readonly RunSeries[]): Aggregate {
  const finite = runs.map(finitePoints)
  const x = Float64Array.from(new Set(finite.flatMap((run) => [...run.x]))).toSorted()
  const columns = finite.map((run) => resample(run, x))
  const column = () => new Float64Array(x.length)
  const result = { x, mean: column(), std: column(), min: column(), max: column(), count: new Int32Array(x.length) }
  x.forEach((_, index) => {
    const values = columns.map((values) => values[index]!).filter(Number.isFinite)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    result.mean[index] = mean
    result.std[index] = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1))
    result.min[index] = Math.min(...values)
    result.max[index] = Math.max(...values)
    result.count[index] = values.length
  })
  return result
}

/** Of several values at the same x, the last counts. */
function finitePoints({ x, y }: RunSeries): { x: Float64Array; y: Float64Array } {
  const points = new Map<number, number>()
  for (let index = 0; index < x.length; index++) {
    if (Number.isFinite(x[index]!) && Number.isFinite(y[index]!)) points.set(x[index]!, y[index]!)
  }
  return { x: Float64Array.from(points.keys()), y: Float64Array.from(points.values()) }
}

/** The run's values at the places `at`, which rise; NaN outside its own stretch. */
function resample({ x, y }: { x: Float64Array; y: Float64Array }, at: Float64Array): Float64Array {
  let before = 0
  return at.map((place) => {
    if (x.length === 0 || place < x[0]! || place > x.at(-1)!) return NaN
    while (before + 1 < x.length && x[before + 1]! <= place) before++
    if (x[before] === place) return y[before]!
    const share = (place - x[before]!) / (x[before + 1]! - x[before]!)
    return y[before]! + share * (y[before + 1]! - y[before]!)
  })
}
