import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  between,
  panned,
  pixelToX,
  pixelToY,
  within,
  xToPixel,
  yToPixel,
  zoomed,
} from '../../../../renderer/charts/frame.ts'
import { frame } from './chartFixtures.ts'

const powers = { ...frame, logarithmic: true, y: { low: 0.01, high: 100 } }

describe('places on a chart', () => {
  it('are where their values are', () => {
    expect([xToPixel(frame, 0), xToPixel(frame, 10)]).toEqual([50, 150])
    expect([yToPixel(frame, 0), yToPixel(frame, 10)]).toEqual([110, 10])
    expect(yToPixel(powers, 1)).toBeCloseTo(60, 9)
    expect(yToPixel(powers, 0)).toBe(Infinity)
  })

  test.prop([fc.double({ min: 50, max: 150, noNaN: true }), fc.double({ min: 10, max: 110, noNaN: true })])(
    'lead to their values and back',
    (x, y) => {
      expect(xToPixel(frame, pixelToX(frame, x))).toBeCloseTo(x, 6)
      for (const axes of [frame, powers]) expect(yToPixel(axes, pixelToY(axes, y))).toBeCloseTo(y, 6)
    },
  )
})

describe('the next view', () => {
  it('fills the chart with a box', () => {
    expect(between(frame, { left: 60, right: 100, top: 10, bottom: 60 })).toEqual({
      x: { low: 1, high: 5 },
      y: { low: 5, high: 10 },
    })
  })

  it('follows the hand', () => {
    expect(panned(frame, { x: 10, y: -20 })).toEqual({ x: { low: -1, high: 9 }, y: { low: -2, high: 8 } })
  })

  test.prop([
    fc.double({ min: 50, max: 150, noNaN: true }),
    fc.double({ min: 10, max: 110, noNaN: true }),
    fc.double({ min: 0.1, max: 10, noNaN: true }),
  ])('keeps the place that it is enlarged around', (x, y, factor) => {
    for (const axes of [frame, powers]) {
      const next = { ...axes, ...zoomed(axes, { x, y }, factor) }
      expect(xToPixel(next, pixelToX(axes, x))).toBeCloseTo(x, 5)
      expect(yToPixel(next, pixelToY(axes, y))).toBeCloseTo(y, 5)
      expect(next.x.high - next.x.low).toBeCloseTo(10 / factor, 5)
    }
  })

  it('stays within what there is', () => {
    const whole = { low: 0, high: 10 }
    expect(within({ low: -2, high: 3 }, whole, 1)).toEqual({ low: 0, high: 5 })
    expect(within({ low: 7, high: 12 }, whole, 1)).toEqual({ low: 5, high: 10 })
    expect(within({ low: 4.4, high: 4.6 }, whole, 1)).toEqual({ low: 4, high: 5 })
    expect(within({ low: -1, high: 11 }, whole, 1)).toBeNull()
    expect(within({ low: 1, high: 2 }, { low: 1, high: 2 }, 2)).toBeNull()
  })
})
