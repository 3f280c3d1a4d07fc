import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { smooth } from '../../../../renderer/charts/smooth.ts'

const of = (...values: number[]) => Float64Array.from(values)

describe('smooth', () => {
  it('follows TensorBoard, worked out by hand for weight 0.6', () => {
    // last: 0.4, 1.04, 2.624; debiased by 0.4, 0.64, 0.784.
    const [first, second, third] = smooth(of(1, 2, 5), 0.6)
    expect(first).toBeCloseTo(1, 12)
    expect(second).toBeCloseTo(1.04 / 0.64, 12)
    expect(third).toBeCloseTo(2.624 / 0.784, 12)
  })

  it('changes nothing at weight 0', () => {
    expect(smooth(of(3, 1, 4), 0)).toEqual(of(3, 1, 4))
  })

  it('keeps at weight 1 what TensorBoard keeps there: nothing', () => {
    expect(smooth(of(3, 1, 4), 1)).toEqual(of(0, 0, 0))
  })

  it('leaves a constant series alone', () => {
    expect(smooth(of(0.1, 0.1, NaN, 0.1), 0.9)).toEqual(of(0.1, 0.1, NaN, 0.1))
  })

  it('passes what is not finite and does not count it', () => {
    const [first, gap, second] = smooth(of(1, NaN, 2), 0.6)
    expect(first).toBeCloseTo(1, 12)
    expect(gap).toBeNaN()
    expect(second).toBeCloseTo(1.04 / 0.64, 12)
  })

  it('leaves its input as it was', () => {
    const values = of(1, 2)
    smooth(values, 0.6)
    expect(values).toEqual(of(1, 2))
  })

  test.prop([
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
  ])('stays within the values it has seen', (values, weight) => {
    const slack = 1e-6
    smooth(Float64Array.from(values), weight).forEach((value, index) => {
      const seen = values.slice(0, index + 1)
      expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - slack)
      expect(value).toBeLessThanOrEqual(Math.max(...seen) + slack)
    })
  })
})
