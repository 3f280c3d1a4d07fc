import { expect, it } from 'vitest'
import { formatClock, formatCount, formatPercent } from '#shared/format/numbers.ts'

it.each([
  [0, '0:00'],
  [9.4, '0:09'],
  [59.6, '1:00'],
  [725, '12:05'],
  [3723, '1:02:03'],
  [-3, '0:00'],
])('%d seconds on a clock are %s', (seconds, text) => expect(formatClock(seconds)).toBe(text))

it('groups the digits of a count and rounds it', () => {
  expect([0, 999, 1_141_330.4].map(formatCount)).toEqual(['0', '999', '1,141,330'])
})

it('writes shares as percentages', () => {
  expect([formatPercent(0.98394), formatPercent(1, 0)]).toEqual(['98.39 %', '100 %'])
})
