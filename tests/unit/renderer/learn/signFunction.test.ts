import { expect, test } from 'vitest'
import { passesGradient, sign, surrogate } from '../../../../renderer/features/learn/signFunction.ts'
import { wholeSpeedup } from '../../../../renderer/features/learn/speedup.ts'

test('zero and negative zero count as positive', () => {
  expect([0, -0, 1e-9, -1e-9].map(sign)).toEqual([1, 1, 1, -1])
})

test('the gradient passes up to the threshold and at it, and everywhere when it is off', () => {
  expect([-1.01, -1, 0, 1, 1.01].map((x) => passesGradient(x, 1))).toEqual([false, true, true, true, false])
  expect(passesGradient(1e9, null)).toBe(true)
})

test('what stands in for sign has slope 1 exactly where the gradient passes', () => {
  for (const threshold of [0.1, 1, 3, null]) {
    for (const x of [-3.5, -2, -0.95, -0.05, 0, 0.05, 0.95, 2, 3.5]) {
      const slope = (surrogate(x + 1e-6, threshold) - surrogate(x - 1e-6, threshold)) / 2e-6
      expect(slope).toBeCloseTo(passesGradient(x, threshold) ? 1 : 0, 3)
    }
  }
})

test('the gain of a network is bound by its float part', () => {
  const macs = { 1: 90, 32: 10 }
  expect(wholeSpeedup(macs, 1)).toBe(1)
  expect(wholeSpeedup(macs, 9)).toBe(5)
  expect(wholeSpeedup(macs, Infinity)).toBe(10)
})
