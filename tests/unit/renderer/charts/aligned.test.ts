import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { aggregateRuns } from '../../../../renderer/charts/aggregate.ts'
import { aggregateAligned } from '../../../../renderer/charts/aligned.ts'

const column = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 30 })

test.prop([fc.array(column, { maxLength: 6 })])(
  'aligned columns are aggregated as runs over the same steps',
  (columns) => {
    const { mean, std } = aggregateAligned(columns.map((values) => Float64Array.from(values)))
    const expected = aggregateRuns(columns.map((y) => ({ x: y.map((_, index) => index + 1), y })))
    expect(mean).toHaveLength(expected.x.length)
    expected.x.forEach((_, index) => {
      expect(mean[index]).toBeCloseTo(expected.mean[index]!, 9)
      expect(std[index]).toBeCloseTo(expected.std[index]!, 7)
    })
  },
)

it('what is not finite says nothing', () => {
  const { mean, std } = aggregateAligned([Float64Array.of(1, NaN, NaN), Float64Array.of(3, 5, Infinity)])
  expect([...mean]).toEqual([2, 5, NaN])
  expect([...std]).toEqual([Math.SQRT2, 0, NaN])
})
