import type { LayerHistory } from '#shared/contract/snapshots.ts'
import { mix, strengthOf, type Colour, type WeightPalette } from './palette.ts'
import type { Pixels } from './paint.ts'

export interface HistogramPainting {
  readonly width: number
  readonly height: number
  /** The value at the upper edge; the lower one is its negative. */
  readonly limit: number
  readonly totalSteps: number
  readonly palette: WeightPalette
}

/** Index of the last histogram up to a step; -1 before the first. */
export function histogramAt({ histogramSteps }: LayerHistory, step: number): number {
  return histogramSteps.findLastIndex((at) => at <= step)
}

/**
 * Histograms side by side as a picture: a column of pixels shows the last one up to its step, a pixel the density of the
 * weights around its value, in the colour of their sign. Steps that have not come yet stay transparent.
 */
export function paintHistograms(history: LayerHistory, painting: HistogramPainting): Pixels {
  const { width, height, limit, totalSteps, palette } = painting
  const { ranges, histograms, buckets, histogramSteps } = history
  const data = new Uint8ClampedArray(width * height * 4)
  const lastStep = histogramSteps.at(-1) ?? -1
  for (let x = 0; x < width; x++) {
    const step = (x / width) * totalSteps
    const index = histogramAt(history, step)
    if (index < 0 || step > lastStep) continue
    const own = histograms.subarray(index * buckets, (index + 1) * buckets)
    const most = own.reduce((largest, share) => Math.max(largest, share), 0) || 1
    for (let y = 0; y < height; y++) {
      const value = limit * (1 - (2 * (y + 0.5)) / height)
      const bucket = Math.floor(((value / ranges[index]! + 1) / 2) * buckets)
      if (bucket < 0 || bucket >= buckets) continue
      write(
        data,
        4 * (y * width + x),
        mix(palette.zero, value >= 0 ? palette.plus : palette.minus, strengthOf(own[bucket]! / most)),
      )
    }
  }
  return { width, height, data }
}

/** Share of the weights within [-bound, bound] after a step, by whole buckets. */
export function shareWithin(history: LayerHistory, step: number, bound: number): number {
  const index = histogramAt(history, step)
  if (index < 0) return 0
  const { ranges, histograms, buckets } = history
  const side = (2 * ranges[index]!) / buckets
  let share = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const middle = (bucket + 0.5) * side - ranges[index]!
    if (Math.abs(middle) <= bound) share += histograms[index * buckets + bucket]!
  }
  return share
}

function write(data: Uint8ClampedArray, at: number, [red, green, blue]: Colour): void {
  data[at] = red
  data[at + 1] = green
  data[at + 2] = blue
  data[at + 3] = 255
}
