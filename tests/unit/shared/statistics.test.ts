import { expect, it } from 'vitest'
import { formatPercentSpread } from '#shared/format/numbers.ts'
import { spreadOf } from '#shared/statistics.ts'

it('several values are one mean and one spread, a single value has none, no value says nothing', () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, std: expect.closeTo(Math.sqrt(32 / 7), 12), count: 8 })
  expect(spreadOf([0.5])).toEqual({ mean: 0.5, std: 0, count: 1 })
  expect(spreadOf([])).toBeNull()
  expect(formatPercentSpread({ mean: 0.98394, std: 0.0007, count: 3 })).toBe('98.39 ± 0.07 %')
  expect(formatPercentSpread({ mean: 0.98394, std: 0, count: 1 })).toBe('98.39 %')
})
