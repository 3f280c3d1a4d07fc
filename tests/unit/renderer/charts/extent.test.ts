import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { drawLines } from '../../../../renderer/charts/drawing.ts'
import { extentOfX, extentOfY, extentWithoutOutliers, roundExtent } from '../../../../renderer/charts/extent.ts'
import type { Axis } from '../../../../renderer/charts/line.ts'
import { Column } from '../../../../renderer/charts/series.ts'
import { line } from './chartFixtures.ts'

describe('the stretch of x', () => {
  it('reaches from the first to the last point of all lines', () => {
    const lines = [{ x: new Column([3, 9]) }, { x: new Column() }, { x: new Column([1, 4]) }]
    expect(extentOfX(lines)).toEqual({ low: 1, high: 9 })
    expect(extentOfX([{ x: new Column() }])).toBeNull()
  })

  it('is that of the axis', () => {
    const placed = { x: new Column([1, 2]), placing: { offset: 1000, factor: 10 } }
    expect(extentOfX([placed])).toEqual({ low: 1010, high: 1020 })
  })
})

describe('the stretch of y', () => {
  const axis: Axis = { label: 'y', format: String }
  const plain = { logarithmic: false, ignoresOutliers: false }
  const drawn = (...lines: ReturnType<typeof line>[]) => drawLines(lines, { low: 0, high: 10 }, 100, false).lines

  it('is set by what lies in sight, within what makes sense', () => {
    const spread = line('a', [1, 2, 30, 40], [0.93, 0.98, 0.95, 0.1])
    expect(extentOfY(drawn(spread), { ...axis, low: 0, high: 1 }, plain)).toEqual({ low: 0.93, high: 0.98 })
    expect(extentOfY(drawn(line('b', [1], [0.999])), { ...axis, high: 1 }, plain)!.high).toBe(1)
    expect(extentOfY(drawn(line('c', [1], [NaN])), axis, plain)).toBeNull()
  })

  it('holds every value that is drawn, raw ones and bands too', () => {
    const noisy = line('a', [1, 2, 3], [0, 10, 0], { smoothing: 0.9 })
    expect(extentOfY(drawn(noisy), axis, plain)).toEqual({ low: 0, high: 10 })
    const band = { low: new Column([-4]), high: new Column([8]) }
    expect(extentOfY(drawn(line('b', [1], [2], { band })), axis, plain)).toEqual({ low: -5, high: 10 })
  })

  it('has room in powers on a logarithmic axis', () => {
    const { low, high } = extentOfY(drawn(line('a', [1, 2], [1, 100])), axis, { ...plain, logarithmic: true })!
    expect([low * 1.15, high / 1.15]).toEqual([1, 100])
  })

  it('is the middle nine tenths of the lines without their outliers, as in TensorBoard', () => {
    const values = Float64Array.from({ length: 41 }, (_, index) => (index === 7 ? 1e6 : index))
    // Ranks 2 to 38 of 0 to 40: the burst at 7 is the last of all.
    expect(extentWithoutOutliers(values)).toEqual({ low: 2, high: 39 })
    expect(extentWithoutOutliers(Float64Array.of(5, NaN, 99))).toEqual({ low: 5, high: 99 })
    expect(extentWithoutOutliers(Float64Array.of(NaN))).toBeNull()
  })

  it('ends in round numbers', () => {
    expect(roundExtent({ low: 0.031, high: 2.31 })).toEqual({ low: 0, high: 2.5 })
    expect(roundExtent({ low: 0.934, high: 0.987 })).toEqual({ low: 0.92, high: 1 })
    expect(roundExtent({ low: 0.1, high: 0.3 })).toEqual({ low: 0.1, high: 0.3 })
  })

  test.prop([fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true })])(
    'never loses a value and never has two equal ends',
    (low, span) => {
      const round = roundExtent({ low, high: low + span })
      const slack = 1e-8 * Math.max(Math.abs(low), span)
      expect(round.low).toBeLessThanOrEqual(low + slack)
      expect(round.high).toBeGreaterThanOrEqual(low + span - slack)
      expect(round.high).toBeGreaterThan(round.low)
    },
  )
})
