import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { inkBounds } from '#shared/digits/bounds.ts'
import { normalizeDigit } from '#shared/digits/normalize.ts'
import { centreOfMass, difference, differenceWithinOnePixel, mnistDigits, paint, seven } from './drawings.ts'

const digitOf = ({ ink, width, height }: { ink: Float32Array; width: number; height: number }) =>
  normalizeDigit(ink, width, height)!

describe('normalizeDigit', () => {
  it('gives no digit for empty paper', () => {
    expect(normalizeDigit(new Float32Array(280 * 280), 280, 280)).toBeNull()
    expect(normalizeDigit(new Uint8Array(1), 1, 1)).toBeNull()
  })

  it('leaves real MNIST digits as they are', () => {
    const digits = mnistDigits(500)
    const exact = digits.filter((digit) => difference(normalizeDigit(digit, 28, 28)!, digit) === 0)
    const near = digits.filter((digit) => differenceWithinOnePixel(normalizeDigit(digit, 28, 28)!, digit) < 0.1)
    expect(exact.length).toBeGreaterThan(430)
    expect(near.length).toBe(500)
  })

  it('reads bytes and floats alike', () => {
    const [digit] = mnistDigits(1)
    const floats = Float32Array.from(digit!, (value) => value / 255)
    expect(difference(normalizeDigit(floats, 28, 28)!, digit!)).toBe(0)
  })

  it('fits the longer side into 20 pixels and keeps the aspect ratio', () => {
    const bar = digitOf(paint(280, 280, (x, y) => x >= 100 && x < 120 && y >= 30 && y < 230))
    expect(inkBounds(bar, 28, 28)).toMatchObject({ width: 2, height: 20 })
  })

  it('averages by area: a pixel covered by a third is a third grey', () => {
    // 30 pixels shrink to 20: an output pixel covers one and a half. Where both strokes reach in, it is five ninths.
    const digit = digitOf(paint(30, 30, (x, y) => x < 2 || y > 28))
    expect([...new Set(digit)].toSorted((a, b) => a - b)).toEqual([0, 85, 142, 255])
  })

  it('puts the centre of mass into pixel 14', () => {
    const { x, y } = centreOfMass(digitOf(seven(280, 20, 10, 200)))
    expect(Math.floor(x)).toBe(14)
    expect(Math.floor(y)).toBe(14)
  })

  it('draws a dot as a dot in the middle', () => {
    const digit = digitOf(paint(280, 280, (x, y) => x > 200 && x < 201 && y > 9 && y < 10))
    expect(inkBounds(digit, 28, 28)).toEqual({ left: 14, top: 14, width: 2, height: 2 })
    expect(Math.max(...digit)).toBe(255)
  })

  it('takes a single pixel and a sheet full of ink', () => {
    expect(inkBounds(normalizeDigit(new Uint8Array([7]), 1, 1)!, 28, 28)).toMatchObject({ width: 2, height: 2 })
    const full = digitOf(paint(50, 50, () => true))
    expect(inkBounds(full, 28, 28)).toEqual({ left: 5, top: 5, width: 20, height: 20 })
    expect(full.filter((value) => value === 255)).toHaveLength(400)
  })

  it('draws a full line as a line, edge to edge', () => {
    const line = digitOf(paint(280, 280, (_, y) => y > 100 && y < 128))
    expect(inkBounds(line, 28, 28)).toMatchObject({ width: 20, height: 2 })
  })

  it('takes huge and uneven sheets', () => {
    const line = digitOf(paint(4000, 500, (x, y) => x > 3000 && x < 3100 && y < 400))
    expect(inkBounds(line, 28, 28)).toMatchObject({ width: 6, height: 20 })
  })

  it('stretches faint ink to full strength', () => {
    const bold = seven(100, 10, 10, 80)
    const faint = { ...bold, ink: bold.ink.map((value) => value * 0.3) }
    expect(difference(digitOf(faint), digitOf(bold))).toBeLessThan(0.01)
  })

  it('ignores what is no number', () => {
    const ink = new Float32Array(100)
    ink[0] = NaN
    expect(normalizeDigit(ink, 10, 10)).toBeNull()
  })

  it('refuses sizes that do not fit', () => {
    const inkOf4 = new Float32Array(4)
    expect(() => normalizeDigit(inkOf4, 3, 2)).toThrow('3×2')
    expect(() => normalizeDigit(inkOf4, -2, -2)).toThrow('-2×-2')
    expect(() => normalizeDigit(new Float32Array(0), 0, 0)).toThrow('0×0')
    expect(() => normalizeDigit(inkOf4, 2.5, 1.6)).toThrow('2.5×1.6')
  })

  test.prop([fc.integer({ min: 0, max: 75 }), fc.integer({ min: 0, max: 75 })])(
    'does not care where on the sheet a digit stands',
    (left, top) => {
      expect(digitOf(seven(280, left, top, 200))).toEqual(digitOf(seven(280, 40, 40, 200)))
    },
  )

  test.prop([fc.integer({ min: 60, max: 250 })])('does not care how large a digit is drawn', (size) => {
    const digit = digitOf(seven(280, 10, 10, size))
    expect(differenceWithinOnePixel(digit, digitOf(seven(280, 10, 10, 200)))).toBeLessThan(0.25)
  })

  test.prop([
    fc.integer({ min: 1, max: 40 }).chain((width) =>
      fc.integer({ min: 1, max: 40 }).chain((height) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          ink: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
        }),
      ),
    ),
  ])('always gives a full-range digit of 784 bytes, or none', ({ ink, width, height }) => {
    const digit = normalizeDigit(ink, width, height)
    if (ink.every((value) => value === 0)) return expect(digit).toBeNull()
    expect(digit).toHaveLength(784)
    expect(Math.max(...digit!)).toBeGreaterThan(0)
  })
})
