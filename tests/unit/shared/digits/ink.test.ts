import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { inkFromImage } from '#shared/digits/ink.ts'
import { normalizeDigit } from '#shared/digits/normalize.ts'
import { difference, differenceWithinOnePixel, mnistDigits, seven } from './drawings.ts'

const SIDE = 200
const drawing = seven(SIDE, 40, 30, 140)
const expected = normalizeDigit(drawing.ink, SIDE, SIDE)!

/** The drawing as a grey picture: `paper` and `pen` are levels of 0 to 255. */
function greyPicture(paper: number, pen: number, noise: (index: number) => number = () => 0) {
  const data = Uint8ClampedArray.from(drawing.ink, (ink, index) => paper + (pen - paper) * ink + noise(index))
  return { width: SIDE, height: SIDE, channels: 1, data }
}

const digitFrom = (picture: Parameters<typeof inkFromImage>[0]) =>
  normalizeDigit(inkFromImage(picture), picture.width, picture.height)

describe('inkFromImage', () => {
  it('reads dark on light and light on dark alike', () => {
    expect(digitFrom(greyPicture(255, 0))).toEqual(expected)
    expect(digitFrom(greyPicture(0, 255))).toEqual(expected)
    expect(digitFrom(greyPicture(120, 30))).toEqual(expected)
    expect(digitFrom(greyPicture(60, 130))).toEqual(expected)
  })

  it('reads MNIST’s own images almost without a change', () => {
    const exact = mnistDigits(300).filter((data) => {
      const digit = digitFrom({ width: 28, height: 28, channels: 1, data })!
      expect(differenceWithinOnePixel(digit, data)).toBeLessThan(0.1)
      return difference(digit, data) === 0
    })
    expect(exact.length).toBeGreaterThan(255)
  })

  it('reads a digit that touches the edge', () => {
    const cornered = seven(100, 0, 0, 100)
    const data = Uint8Array.from(cornered.ink, (ink) => 255 - 255 * ink)
    expect(digitFrom({ width: 100, height: 100, channels: 1, data })).toEqual(normalizeDigit(cornered.ink, 100, 100))
  })

  it('weighs colours by brightness and takes sixteen-bit pictures', () => {
    const blueOnYellow = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, index) => {
      const isInk = drawing.ink[Math.floor(index / 3)]! > 0
      return (isInk ? [20, 30, 160] : [250, 230, 120])[index % 3]!
    })
    expect(digitFrom({ width: SIDE, height: SIDE, channels: 3, data: blueOnYellow })).toEqual(expected)
    const deep = Uint16Array.from(drawing.ink, (ink) => 65_535 - 65_535 * ink)
    expect(digitFrom({ width: SIDE, height: SIDE, channels: 1, data: deep })).toEqual(expected)
  })

  it('lays transparent ground over white, and over black when the writing is white', () => {
    const onGlass = (level: number) => ({
      width: SIDE,
      height: SIDE,
      channels: 4,
      data: Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, index) =>
        index % 4 === 3 ? 255 * drawing.ink[Math.floor(index / 4)]! : level,
      ),
    })
    expect(digitFrom(onGlass(0))).toEqual(expected)
    expect(digitFrom(onGlass(255))).toEqual(expected)
  })

  test.prop([fc.infiniteStream(fc.integer({ min: -12, max: 12 }))], { numRuns: 20 })(
    'sees through the grain of paper',
    (grain) => {
      const digit = digitFrom(greyPicture(225, 40, () => grain.next().value))!
      expect(differenceWithinOnePixel(digit, expected)).toBeLessThan(0.15)
    },
  )

  test.prop([fc.infiniteStream(fc.integer({ min: -30, max: 0 }))], { numRuns: 20 })(
    'drops the haze that compression leaves around strokes',
    (haze) => {
      const isNear = (index: number) => {
        const x = index % SIDE
        const y = Math.floor(index / SIDE)
        return x > 32 && x < 152 && y > 22 && y < 178
      }
      const digit = digitFrom(greyPicture(255, 0, (index) => (isNear(index) ? haze.next().value : 0)))!
      expect(differenceWithinOnePixel(digit, expected)).toBeLessThan(0.1)
    },
  )

  it('finds nothing on blank paper of any colour, even or uneven', () => {
    for (const level of [0, 128, 255]) expect(digitFrom(greyPicture(level, level))).toBeNull()
    expect(digitFrom(greyPicture(128, 128, (index) => ((index * 7919) % 13) - 6))).toBeNull()
    expect(digitFrom({ width: 1, height: 1, channels: 4, data: new Uint8Array(4) })).toBeNull()
  })

  it('refuses pictures whose numbers do not fit together', () => {
    const data = new Uint8Array(12)
    expect(() => inkFromImage({ width: 2, height: 2, channels: 4, data })).toThrow('2×2 pixels with 4 channels')
    expect(() => inkFromImage({ width: 2, height: 1, channels: 6, data })).toThrow('1 to 4')
    expect(() => inkFromImage({ width: 0, height: 2, channels: 1, data })).toThrow('0×2')
  })
})
