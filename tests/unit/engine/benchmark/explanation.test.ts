import { expect, test } from 'vitest'
import { explainTime } from '#electron/engine/benchmark/explanation.ts'

test('the largest parts are named until they make most of the time', () => {
  const parts = [
    { name: 'conv1', ms: 5 },
    { name: 'pool1', ms: 1 },
    { name: 'conv2', ms: 3 },
  ]
  expect(explainTime(parts, 1)).toBe(
    'Most of the time goes into "conv1" (50 %) and "conv2" (30 %); the rest takes 20 %.',
  )
})

test('one part can be all there is to tell', () => {
  expect(explainTime([{ name: 'linear', ms: 9 }], 1)).toBe(
    'Most of the time goes into "linear" (90 %); the rest takes 10 %.',
  )
})

test('at most three of many small parts are named', () => {
  const parts = Array.from({ length: 10 }, (_, index) => ({ name: `layer${index}`, ms: 1 }))
  expect(explainTime(parts, 0)).toBe(
    'The most time goes into "layer0" (10 %), "layer1" (10 %) and "layer2" (10 %); the rest takes 70 %.',
  )
})

test('what was too quick to measure makes no shares', () => {
  expect(explainTime([{ name: 'flatten', ms: 0 }], 0)).toBe('It took no time that the clock can tell.')
})
