import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { clockTicks, decimalTicks, durationTicks, powerTicks } from '../../../../renderer/charts/ticks.ts'

describe('the ticks of time', () => {
  it('are round as people read time', () => {
    expect(durationTicks({ low: 0, high: 42 }, 8)).toEqual([0, 10, 20, 30, 40])
    expect(durationTicks({ low: 50, high: 500 }, 8)).toEqual([60, 120, 180, 240, 300, 360, 420, 480])
    expect(durationTicks({ low: 0, high: 4 * 3600 }, 8)).toEqual([
      0, 1800, 3600, 5400, 7200, 9000, 10_800, 12_600, 14_400,
    ])
    expect(durationTicks({ low: 0, high: 1 }, 4)).toEqual([0, 0.5, 1])
  })

  it('are round on the clock on the wall', () => {
    const noon = new Date(2026, 9, 1, 12, 0, 7).getTime()
    const ticks = clockTicks({ low: noon, high: noon + 240_000 }, 8).map((value) => new Date(value))
    expect(ticks.every((date) => date.getSeconds() % 30 === 0)).toBe(true)
    expect(ticks[0]).toEqual(new Date(2026, 9, 1, 12, 0, 30))
  })

  test.prop([
    fc.double({ min: 0, max: 1e7, noNaN: true }),
    fc.double({ min: 0.001, max: 1e7, noNaN: true }),
    fc.integer({ min: 2, max: 12 }),
  ])('lie within the axis, and one more than asked for at most', (low, span, most) => {
    const ticks = durationTicks({ low, high: low + span }, most)
    expect(ticks.length).toBeLessThanOrEqual(most + 1)
    // Outside by no more than the binary dust of a division by the step and of 15 digits.
    const dust = span * 1e-8 + 1e-7
    expect(ticks.every((tick) => tick >= low - dust && tick <= low + span + dust)).toBe(true)
  })

  it('are none for no stretch', () => {
    expect(durationTicks({ low: 1, high: 1 }, 8)).toEqual([])
  })
})

describe('the ticks of numbers', () => {
  it('are round decimals, whole where only whole numbers mean something', () => {
    expect(decimalTicks({ low: 0, high: 1 }, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(decimalTicks({ low: -0.13, high: 0.31 }, 5)).toEqual([-0.1, 0, 0.1, 0.2, 0.3])
    expect(decimalTicks({ low: 0, high: 100_000 }, 8)).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000])
    expect(decimalTicks({ low: 3, high: 5 }, 8)).toEqual([3, 3.5, 4, 4.5, 5])
    expect(decimalTicks({ low: 3, high: 5 }, 8, true)).toEqual([3, 4, 5])
  })

  it('are the same numbers of each decade on a logarithmic axis, and decimals within one', () => {
    expect(powerTicks({ low: 0.05, high: 2.6 }, 6)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2])
    expect(powerTicks({ low: 0.1, high: 1000 }, 6)).toEqual([0.1, 1, 10, 100, 1000])
    expect(powerTicks({ low: 1e-9, high: 1 }, 5)).toEqual([1e-9, 1e-7, 1e-5, 1e-3, 1e-1])
    expect(powerTicks({ low: 0.32, high: 0.38 }, 4)).toEqual([0.32, 0.34, 0.36, 0.38])
    expect(powerTicks({ low: 0, high: 1 }, 6)).toEqual([])
  })

  const low = fc.double({ min: 1e-12, max: 1e7, noNaN: true })
  const factor = fc.double({ min: 1.001, max: 1e9, noNaN: true })
  test.prop([low, factor, fc.integer({ min: 3, max: 12 })])(
    'lie within the axis, rise, and are one more than asked for at most',
    (low, factor, most) => {
      const high = low * factor
      for (const ticks of [decimalTicks({ low, high }, most), powerTicks({ low, high }, most)]) {
        expect(ticks.length).toBeGreaterThan(0)
        expect(ticks.length).toBeLessThanOrEqual(most + 1)
        const room = 1e-6 * (high - low)
        expect(ticks.every((tick) => tick >= low - room && tick <= high + room)).toBe(true)
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
      }
    },
  )
})
