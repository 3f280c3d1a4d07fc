import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridFor, pictureOf, sizeOf, weightAt } from '../../../../renderer/weights/layout.ts'
import { enlarge } from '../../../../renderer/weights/export/frames.ts'
import { paintFlips, paintPage, type Painting } from '../../../../renderer/weights/paint.ts'
import { amountColour, latentColour, parseColour } from '../../../../renderer/weights/palette.ts'
import { Playhead } from '../../../../renderer/weights/playhead.ts'
import { decodePage, flipsBetween, type WeightPage } from '../../../../renderer/weights/values.ts'
import { packSigns } from '#shared/bits/pack.ts'
import { quantize } from '#shared/snapshots/quantize.ts'

const PALETTE = {
  plus: [200, 100, 0],
  minus: [0, 100, 200],
  flip: [1, 2, 3],
  zero: [240, 240, 240],
  most: [10, 10, 10],
} as const
const shapes = fc.record({
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  channels: fc.integer({ min: 1, max: 10 }),
})

it.each([
  ['#ffffff', [255, 255, 255]],
  [' #161b22', [22, 27, 34]],
  ['#fff', [255, 255, 255]],
  ['#1aF', [17, 170, 255]],
])('a token of "%s" is read as its colour', (token, colour) => {
  expect(parseColour(token)).toEqual(colour)
})

/** The colour of a value by its definition. */
function colourOf(mode: WeightPage['mode'], value: number): readonly number[] {
  if (mode === 'signs') return value < 0 ? PALETTE.minus : PALETTE.plus
  return mode === 'flips' ? amountColour(PALETTE, value) : latentColour(PALETTE, value)
}

function page(values: number[], count: number, mode: WeightPage['mode'] = 'signs'): WeightPage {
  return { mode, step: 1, from: 0, count, size: values.length / count, range: 1, values: Float32Array.from(values) }
}

describe('a filter as a picture', () => {
  it('has a place of its own for every weight, each channel a tile', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { width, height, places } = pictureOf(shape)
        expect(new Set(places).size).toBe(shape.height * shape.width * shape.channels)
        expect(Math.max(...places)).toBeLessThan(width * height)
        if (shape.height === 1 && shape.channels === 1) return
        for (const [k, place] of places.entries()) {
          expect(Math.floor(place / width) % shape.height).toBe(Math.floor(k / shape.channels / shape.width))
          expect((place % width) % shape.width).toBe(Math.floor(k / shape.channels) % shape.width)
        }
      }),
    )
  })

  it('is a strip for a short row of inputs, and broken into lines for a long one', () => {
    expect(pictureOf({ height: 1, width: 10, channels: 1 })).toMatchObject({ width: 10, height: 1 })
    expect(pictureOf({ height: 1, width: 1000, channels: 1 })).toMatchObject({ width: 32, height: 32 })
  })
})

describe('a grid of filters', () => {
  it('is smaller where a single filter would not fit at the largest scale', () => {
    const area = { width: 700, height: 400 }
    const picture = pictureOf({ height: 6, width: 1, channels: 7 })
    expect(gridFor(picture, 1, area)).toEqual({ columns: 1, rows: 1, scale: Math.floor(area.height / picture.height) })
  })

  it('fits its area wherever one filter does, and finds every weight again', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 300 }), (shape, filters) => {
        const area = { width: 700, height: 400 }
        const picture = pictureOf(shape)
        const grid = gridFor(picture, filters, area)
        const size = sizeOf(grid, picture)
        expect(size.width * grid.scale).toBeLessThanOrEqual(area.width)
        expect(size.height * grid.scale).toBeLessThanOrEqual(area.height)
        const place = picture.places.at(-1)!
        const column = grid.columns - 1
        const x = column * (picture.width + 1) + (place % picture.width) + 0.5
        const y = Math.floor(place / picture.width) + 0.5
        expect(weightAt(grid, picture, x, y)).toEqual({ filter: column, k: picture.places.length - 1 })
      }),
    )
  })
})

describe('painting', () => {
  const picture = pictureOf({ height: 1, width: 2, channels: 1 })
  const painting: Painting = {
    picture,
    grid: { columns: 2, rows: 1, scale: 1 },
    palette: PALETTE,
    scope: 'layer',
    range: 1,
  }
  const at = (data: Uint8ClampedArray, pixel: number) => [...data.subarray(4 * pixel, 4 * pixel + 4)]

  it('gives +1 and -1 their colours and leaves the space between filters free', () => {
    const { width, height, data } = paintPage(page([1, -1, -1, 1], 2), painting)
    expect([width, height]).toEqual([5, 1])
    const [plus, minus, free] = [
      [...PALETTE.plus, 255],
      [...PALETTE.minus, 255],
      [0, 0, 0, 0],
    ]
    expect([0, 1, 2, 3, 4].map((pixel) => at(data, pixel))).toEqual([plus, minus, free, minus, plus])
  })

  it('makes larger latent weights stronger, by the layer or by the filter', () => {
    const latents = page([0.1, -0.05, 1, -1], 2, 'latents')
    const distance = (data: Uint8ClampedArray, pixel: number) => Math.abs(at(data, pixel)[2]! - PALETTE.zero[2])
    const byLayer = paintPage(latents, painting).data
    expect(distance(byLayer, 0)).toBeLessThan(distance(byLayer, 3))
    const byUnit = paintPage(latents, { ...painting, scope: 'unit' }).data
    expect(at(byUnit, 0)).toEqual(at(byUnit, 3))
  })

  it('shows exactly the weights that have flipped', () => {
    const now = page([1, 1, -1, 1], 2)
    const flips = flipsBetween(page([1, -1, -1, -1], 2), now)
    const { data } = paintFlips(now, flips, painting)
    expect([0, 1, 3, 4].map((pixel) => data[4 * pixel + 3])).toEqual([0, 255, 0, 255])
  })

  it('gives every weight of every filter its own pixel, whatever the shapes', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom<WeightPage['mode']>('signs', 'latents', 'flips'),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (shape, filters, mode, numbers) => {
          const picture = pictureOf(shape)
          const grid = { columns: 2, rows: 2, scale: 1 }
          const size = picture.places.length
          const valueOf = {
            signs: (value: number) => (value < 0 ? -1 : 1),
            latents: (value: number) => value,
            flips: Math.abs,
          }
          const values = [...numbers.take(filters * size)].map(valueOf[mode])
          const { width, height, data } = paintPage(page(values, filters, mode), { ...painting, picture, grid })
          const expected = new Map<number, readonly number[]>()
          for (let filter = 0; filter < Math.min(filters, 4); filter++) {
            picture.places.forEach((place, k) => {
              const x = (filter % 2) * (picture.width + 1) + (place % picture.width)
              const y = Math.floor(filter / 2) * (picture.height + 1) + Math.floor(place / picture.width)
              expected.set(y * width + x, colourOf(mode, Math.fround(values[filter * size + k]!)))
            })
          }
          for (let pixel = 0; pixel < width * height; pixel++) {
            const [red, green, blue, alpha] = at(data, pixel)
            const wanted = expected.get(pixel)
            expect(alpha).toBe(wanted ? 255 : 0)
            // The nearest of the shades is near enough.
            wanted?.forEach((part, channel) => expect(Math.abs(part - [red, green, blue][channel]!)).toBeLessThan(20))
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('enlarges every pixel to a square', () => {
    const small = paintPage(page([1, -1, -1, 1], 2), painting)
    const large = enlarge(small, 3)
    expect([large.width, large.height]).toEqual([15, 3])
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 15; x++) expect(at(large.data, y * 15 + x)).toEqual(at(small.data, Math.floor(x / 3)))
  })
})

describe('a page from the lab', () => {
  it('is decoded to the numbers it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 1, maxLength: 200 }), (values) => {
        const own = { step: 1, from: 0, count: 1, size: values.length, range: 1 }
        const bits = new Uint8Array(packSigns(values, 1, values.length).halves.buffer as ArrayBuffer)
        const signs = decodePage({ ...own, mode: 'signs', values: bits }).values
        expect([...signs]).toEqual(values.map((value) => (value >= 0 ? 1 : -1)))
        const latents = decodePage({ ...own, mode: 'latents', values: new Uint8Array(quantize(values, 1)) }).values
        values.forEach((value, index) => expect(Math.abs(latents[index]! - value)).toBeLessThan(0.005))
        const counts = values.map((_, index) => index * 300)
        const flips = decodePage({
          ...own,
          mode: 'flips',
          values: new Uint8Array(Uint16Array.from(counts).buffer),
        }).values
        expect([...flips]).toEqual(counts)
      }),
    )
  })
})

describe('the playhead', () => {
  it.each([1, 12, 30])('moves %i times in a second of a screen with 60 frames', (framesPerSecond) => {
    const playhead = new Playhead()
    playhead.framesPerSecond = framesPerSecond
    playhead.start(0)
    let index = 0
    for (let frame = 1; frame <= 60; frame++) index = playhead.next((frame * 1000) / 60, index, 1000)!
    expect(index).toBe(framesPerSecond)
  })

  it('ends when the last frame has had its time', () => {
    const playhead = new Playhead()
    playhead.start(0)
    expect(playhead.next(10, 4, 5)).toBe(4)
    expect(playhead.next(100, 4, 5)).toBeNull()
  })
})
