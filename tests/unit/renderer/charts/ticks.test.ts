import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { clockTicks, durationTicks } from '../../../../renderer/charts/ticks.ts'

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
    expect(ticks.every((tick) => tick >= low - 1e-6 && tick <= low + span + 1e-6)).toBe(true)
  })

  it('are none for no stretch', () => {
    expect(durationTicks({ low: 1, high: 1 }, 8)).toEqual([])
  })
})
