/**
 * TensorBoard's smoothing: an exponential moving average whose early values are freed of their pull towards zero.
 * A constant series comes back as it is; values that are not finite pass through and do not count.
 *
 * Formula: tensorboard/webapp/widgets/line_chart_v2/data_transformer.ts.
 *
 * @param weight 0 for none, towards 1 for more.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  const first = values.find(Number.isFinite)
  if (weight <= 0 || values.every((value) => value === first || !Number.isFinite(value))) return values.slice()
  let last = 0
  let count = 0
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    last = last * weight + (1 - weight) * value
    count++
    return weight === 1 ? last : last / (1 - weight ** count)
  })
}
