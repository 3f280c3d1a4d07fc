import { filterSize, type WatchedLayer } from '#shared/snapshots/format.ts'
import { formatCount, formatPercent } from '../../../format/numbers.ts'
import { countPositive, type WeightPage } from '../../../weights/values.ts'

/** What a screen reader says of the filters in view. */
export function describeGrid(
  layer: WatchedLayer,
  { page, flips }: { readonly page: WeightPage; readonly flips: Uint8Array | null },
): string {
  const { mode, step, from, count, values } = page
  const which =
    count === layer.filters ? `All ${count} filters` : `Filters ${from + 1} to ${from + count} of ${layer.filters}`
  const where = `${which} of ${layer.id} at step ${formatCount(step)}`
  if (mode === 'latents') return `${where}: latent weights up to ${magnitude(page.range)}.`
  if (mode === 'flips') return `${where}: a weight has flipped up to ${formatCount(page.range)} times.`
  const positive = countPositive(values) / values.length
  const flipped = flips ? `; ${formatCount(countPositive(flips))} flipped since the frame before` : ''
  return `${where}: ${formatPercent(positive)} are +1${flipped}.`
}

/** One weight: where it belongs and what it is. */
export function describeWeight(
  layer: WatchedLayer,
  page: WeightPage,
  { filter, k }: { readonly filter: number; readonly k: number },
): string | null {
  if (filter >= page.count) return null
  const value = page.values[filter * page.size + k]!
  return `Filter ${page.from + filter + 1}, ${placeOf(layer, k)}: ${valueOf(page.mode, value)}`
}

function placeOf(layer: WatchedLayer, k: number): string {
  const { width, channels } = layer.filter
  if (filterSize(layer) === width && channels === 1) return `input ${k + 1}`
  const row = Math.floor(k / channels / width) + 1
  const column = (Math.floor(k / channels) % width) + 1
  return `row ${row}, column ${column}${channels > 1 ? `, channel ${(k % channels) + 1}` : ''}`
}

function valueOf(mode: WeightPage['mode'], value: number): string {
  if (mode === 'signs') return value > 0 ? '+1' : '−1'
  if (mode === 'flips') return value === 1 ? '1 flip' : `${formatCount(value)} flips`
  return `${value < 0 ? '−' : '+'}${magnitude(Math.abs(value))}`
}

function magnitude(value: number): string {
  return String(Number(value.toPrecision(2)))
}
