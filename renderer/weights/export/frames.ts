import type { Colour } from '../palette.ts'
import { paintFlips, paintPage, type Painting, type Pixels } from '../paint.ts'
import type { PageCache, PageRequest } from '../pageCache.ts'
import { flipsBetween, type WeightPage } from '../values.ts'

export interface ExportedFrames {
  readonly pages: PageCache
  /** Of any step. */
  readonly request: Omit<PageRequest, 'step'>
  readonly steps: readonly number[]
  readonly painting: Painting
  /** Stands between the filters. */
  readonly ground: Colour
}

/** The frames as they are played, one after the other, opaque and at the scale of the grid. */
export async function* paintedFrames(frames: ExportedFrames): AsyncIterable<{ step: number; pixels: Pixels }> {
  const { pages, request, steps, painting, ground } = frames
  let before: WeightPage | null = null
  for (const step of steps) {
    const page = await pages.get({ ...request, step })
    const own: Painting = { ...painting, range: page.range }
    const base = paintPage(page, own)
    const flashes = before && page.mode === 'signs' ? paintFlips(page, flipsBetween(before, page), own) : null
    yield { step, pixels: enlarge(overlay(base, flashes, ground), painting.grid.scale) }
    before = page
  }
}

/** At most `most` of the steps, the first and the last among them, evenly by their order. */
export function chooseSteps(steps: readonly number[], most: number): number[] {
  if (steps.length <= most) return [...steps]
  return Array.from({ length: most }, (_, index) => steps[Math.round((index * (steps.length - 1)) / (most - 1))]!)
}

function overlay({ width, height, data }: Pixels, flashes: Pixels | null, ground: Colour): Pixels {
  const merged = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 4) {
    const source = flashes && flashes.data[at + 3]! > 0 ? flashes.data : data
    const isWeight = source[at + 3]! > 0
    for (const channel of [0, 1, 2] as const) merged[at + channel] = isWeight ? source[at + channel]! : ground[channel]
    merged[at + 3] = 255
  }
  return { width, height, data: merged }
}

/** Every pixel as a square of `scale` by `scale`. */
export function enlarge({ width, height, data }: Pixels, scale: number): Pixels {
  if (scale === 1) return { width, height, data }
  const from = new Uint32Array(data.buffer)
  const to = new Uint32Array(width * scale * height * scale)
  for (let y = 0; y < height * scale; y++) {
    const row = Math.floor(y / scale) * width
    for (let x = 0; x < width * scale; x++) to[y * width * scale + x] = from[row + Math.floor(x / scale)]!
  }
  return { width: width * scale, height: height * scale, data: new Uint8ClampedArray(to.buffer) }
}
