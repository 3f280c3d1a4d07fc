import { expect, test } from 'vitest'
import { layerSpeeds } from '#electron/engine/benchmark/speeds.ts'

const peaks = { popcount: [100, 200], fma: [10, 20] }
const times = { binary: [20, 10], packed: [10, 5], float: [100, 50], tensorflow: [200, 25] }
const same = (value: number) => ({ median: value, quartiles: [value, value], range: [value, value] })

test('speeds, ratios and shares compare what was measured in the same round', () => {
  const { binary, packed, float, tensorflow } = layerSpeeds(1e9, times, peaks)
  expect(binary.ms).toEqual({ median: 15, quartiles: [12.5, 17.5], range: [10, 20] })
  expect(binary.gmacPerSecond.range).toEqual([50, 100])
  expect(binary.shareOfPeak).toEqual(same(0.5))
  expect(packed.shareOfPeak).toEqual(same(1))
  expect(float.shareOfPeak).toEqual(same(1))
  expect(tensorflow!.shareOfPeak.range).toEqual([0.5, 2])
  expect(binary.timesFloat).toEqual(same(5))
  expect(packed.timesFloat).toEqual(same(10))
  expect(packed.timesTensorflow!.range).toEqual([5, 20])
})

test('the fastest float kernel is the faster one of each round', () => {
  expect(layerSpeeds(1e9, times, peaks).packed.timesFastestFloat.range).toEqual([5, 10])
})

test('without TensorFlow our float kernel is the fastest', () => {
  const { tensorflow, packed } = layerSpeeds(1e9, { ...times, tensorflow: null }, peaks)
  expect(tensorflow).toBeNull()
  expect(packed.timesTensorflow).toBeNull()
  expect(packed.timesFastestFloat).toEqual(packed.timesFloat)
})
