import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byRound, gmacPerSecond, median, spreadOf } from '#electron/engine/benchmark/spread.ts'

describe('a spread', () => {
  test('has the value in the middle, the quarters and both ends, in any order of the rounds', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, quartiles: [2, 4], range: [1, 5] })
  })

  test('lies between two values where none is in the middle', () => {
    expect(spreadOf([1, 2, 3, 4])).toEqual({ median: 2.5, quartiles: [1.75, 3.25], range: [1, 4] })
    expect(median([1, 2])).toBe(1.5)
  })

  test('of one round is that round', () => {
    expect(spreadOf([7])).toEqual({ median: 7, quartiles: [7, 7], range: [7, 7] })
  })

  test('is in order, and hides no value', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(values, (rounds) => {
        const { median: middle, quartiles, range } = spreadOf(rounds)
        expect(range).toEqual([Math.min(...rounds), Math.max(...rounds)])
        const inOrder = [range[0], quartiles[0], middle, quartiles[1], range[1]]
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
      }),
    )
  })
})

test('a ratio is taken within each round: what slows both down leaves it as it is', () => {
  const ratio = byRound([1, 10, 100], [3, 30, 300], (own, other) => other / own)
  expect(ratio).toEqual({ median: 3, quartiles: [3, 3], range: [3, 3] })
})

test('a thousand million multiply-adds in 500 milliseconds are 2 GMAC/s', () => {
  expect(gmacPerSecond(1e9, 500)).toBeCloseTo(2, 12)
})
