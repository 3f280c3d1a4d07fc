import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { unpackSigns } from '#shared/bits/pack.ts'
import { applyThresholds, findThresholds } from '#shared/bits/thresholds.ts'

const float = (min: number, max: number) => fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true })
const sign = (value: number) => (value >= 0 ? 1 : -1)

/** Batch normalisation rounded to 32-bit floats at every step. */
const normalise = (x: number, scale: number, shift: number) => Math.fround(Math.fround(x * scale) + shift)

describe('thresholds', () => {
  test.prop([float(-4, 4), float(-100, 100), fc.array(fc.integer({ min: -1600, max: 1600 }), { minLength: 1 })])(
    'give the sign of the normalised value for every sum',
    (scale, shift, sums) => {
      const thresholds = findThresholds(1, (x) => normalise(x, scale, shift))
      const bits = unpackSigns(applyThresholds(sums, sums.length, thresholds))
      expect([...bits]).toEqual(sums.map((sum) => sign(normalise(sum, scale, shift))))
    },
  )

  test.prop([float(-2, 2), float(-2, 2)])('are exact to the last bit of a float', (scale, shift) => {
    const { values } = findThresholds(1, (x) => normalise(x, scale, shift))
    const boundary = values[0]!
    fc.pre(Number.isFinite(boundary) && boundary !== 0)
    const ulp = Math.abs(boundary) * 2 ** -23
    const around = [-2, -1, -0.5, 0, 0.5, 1, 2].map((step) => Math.fround(boundary + step * ulp))
    const thresholds = findThresholds(1, (x) => normalise(x, scale, shift))
    const bits = unpackSigns(applyThresholds(around, around.length, thresholds))
    expect([...bits]).toEqual(around.map((x) => sign(normalise(x, scale, shift))))
  })

  test('give +1 at a tie, whether the channel rises or falls', () => {
    const rising = findThresholds(1, (x) => normalise(x, 1, -3))
    const falling = findThresholds(1, (x) => normalise(x, -1, 3))
    expect([...unpackSigns(applyThresholds([2, 3, 4], 3, rising))]).toEqual([-1, 1, 1])
    expect([...unpackSigns(applyThresholds([2, 3, 4], 3, falling))]).toEqual([1, 1, -1])
  })

  test('keep a channel with gamma 0 constant', () => {
    for (const shift of [-1, 0, -0, 1]) {
      const thresholds = findThresholds(1, (x) => normalise(x, 0, shift))
      const bits = unpackSigns(applyThresholds([-1e30, -1, 0, 1, 1e30], 5, thresholds))
      expect([...bits]).toEqual(Array.from({ length: 5 }, () => sign(shift)))
    }
  })
})
