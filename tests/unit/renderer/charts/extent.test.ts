import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { extentOfX, extentWithoutOutliers, roundExtent } from '../../../../renderer/charts/extent.ts'
import { Column } from '../../../../renderer/charts/series.ts'

describe('the stretch of x', () => {
  it('reaches from the first to the last point of all lines', () => {
    expect(extentOfX([{ x: new Column([3, 9]) }, { x: new Column() }, { x: new Column([1, 4]) }])).toEqual({
      low: 1,
      high: 9,
    })
    expect(extentOfX([{ x: new Column() }])).toBeNull()
  })
})

describe('the stretch of y', () => {
  it('shows few values to the last', () => {
    expect(extentWithoutOutliers(Float64Array.of(5, NaN, 1, 99))).toEqual({ low: 1, high: 99 })
    expect(extentWithoutOutliers(Float64Array.of(NaN))).toBeNull()
  })

  it('leaves the outermost hundredths out of many', () => {
    const values = Float64Array.from({ length: 1000 }, (_, index) => (index === 0 ? 1e6 : index % 10))
    expect(extentWithoutOutliers(values)).toEqual({ low: 0, high: 9 })
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
