import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packSigns } from '#shared/bits/pack.ts'
import { countFlips, countFlipsByHalves, FlipCounter } from '#electron/engine/training/snapshots/flips.ts'
import { FlipSeries } from '#electron/engine/training/snapshots/flip-series.ts'
import { histogramOf } from '#electron/engine/training/snapshots/histogram.ts'
import { planFrames } from '#electron/engine/training/snapshots/rhythm.ts'
import { HISTOGRAM_BUCKETS } from '#shared/snapshots/format.ts'

const weights = fc
  .integer({ min: 1, max: 150 })
  .chain((length) =>
    fc.array(
      fc.array(fc.oneof(fc.constantFrom(0, -0), fc.float({ noNaN: true })), { minLength: length, maxLength: length }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map((steps) => steps.map((values) => Float32Array.from(values)))

const signsOf = (values: Float32Array) => packSigns(values, 1, values.length).halves

describe('flips', () => {
  it('are counted for each weight and for all, as one would by hand', () => {
    fc.assert(
      fc.property(weights, ([first, ...steps]) => {
        let current = first!
        const counter = new FlipCounter((halves) => halves.set(signsOf(current)), new Uint16Array(first!.length))
        const expected = new Uint16Array(first!.length)
        let before = first!
        for (const values of steps) {
          let flips = 0
          values.forEach((value, index) => {
            if (value >= 0 === before[index]! >= 0) return
            expected[index]! += 1
            flips += 1
          })
          current = values
          expect(counter.count()).toBe(flips)
          expect(counter.signs).toEqual(signsOf(values))
          before = values
        }
        expect(counter.counts).toEqual(expected)
        expect(counter.most).toBe(Math.max(...expected))
      }),
    )
  })

  it('are the same to the bit with the kernels and without', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 65_530, max: 65_535 }), ([first, ...steps], begin) => {
        const counts = [0, 0].map(() => new Uint16Array(first!.length).map((_, index) => (index % 3 ? index : begin)))
        let before = signsOf(first!)
        for (const values of steps) {
          const signs = signsOf(values)
          expect(countFlips(signs, before, counts[0]!)).toBe(countFlipsByHalves(signs, before, counts[1]!))
          before = signs
        }
        expect(counts[0]).toEqual(counts[1])
      }),
    )
  })

  it('of one weight stay at the largest number that two bytes hold', () => {
    let sign = 1
    const counter = new FlipCounter((halves) => halves.set([sign, 0]), Uint16Array.of(65_534))
    for (sign of [0, 1, 0]) counter.count()
    expect([...counter.counts]).toEqual([65_535])
  })

  it('are gathered over some steps, and handed out with the frame that comes between', () => {
    const series = new FlipSeries(3)
    for (let step = 1; step <= 7; step++) series.add(step, 10 * step)
    expect(series.take()).toEqual({ steps: [3, 6, 7], spans: [3, 3, 1], flips: [60, 150, 70] })
    expect(series.take()).toEqual({ steps: [], spans: [], flips: [] })
  })
})

describe('a histogram of latent weights', () => {
  it('counts every weight once, each in the bucket whose bounds hold it', () => {
    const numbers = fc.array(fc.float({ noNaN: true, min: -9, max: 9 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.5, max: 20, noNaN: true }), (values, range) => {
        const counts = histogramOf(Float32Array.from(values), range)
        const width = (2 * range) / HISTOGRAM_BUCKETS
        const last = HISTOGRAM_BUCKETS - 1
        const expected = new Array<number>(HISTOGRAM_BUCKETS).fill(0)
        for (const value of values) expected[Math.max(0, Math.min(last, Math.trunc((value + range) / width)))]! += 1
        expect(counts.reduce((sum, count) => sum + count)).toBe(values.length)
        // A value on a bound may fall to either side of it by rounding.
        const apart = counts.reduce((sum, count, bucket) => sum + Math.abs(count - expected[bucket]!), 0)
        expect(apart).toBeLessThanOrEqual(2 * values.filter((value) => isOnBound(value, range, width)).length)
      }),
    )
  })

  it('of very many weights comes from an even sample of them', () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, index) => 2 * ((index * 0.618034) % 1) - 1)
    const counts = histogramOf(values, 1)
    expect(counts.reduce((sum, count) => sum + count)).toBeCloseTo(values.length, -3)
    for (const count of counts) expect(Math.abs(count / (values.length / HISTOGRAM_BUCKETS) - 1)).toBeLessThan(0.05)
  })

  function isOnBound(value: number, range: number, width: number): boolean {
    const place = (value + range) / width
    return Math.abs(place - Math.round(place)) < 1e-6
  }
})

describe('the rhythm of frames', () => {
  const tenEpochs = { totalSteps: 6000, stepsPerEpoch: 600 }

  it('begins before the first step, ends after the last, and is there at the end of every epoch', () => {
    const plan = planFrames(tenEpochs, 1_126_400)
    const ends = Array.from({ length: 11 }, (_, epoch) => epoch * 600)
    expect(ends.map((step) => plan.get(step))).toEqual(ends.map(() => 'whole'))
  })

  it('is closest at the beginning, where most weights flip', () => {
    const steps = [...planFrames({ totalSteps: 10_000, stepsPerEpoch: 10_000 }, 50_000).keys()].sort((a, b) => a - b)
    const gaps = steps.slice(1).map((step, index) => step - steps[index]!)
    expect(gaps[0]).toBeLessThan(5)
    expect(gaps.at(-1)!).toBeGreaterThan(100)
    expect(gaps.every((gap, index) => index === 0 || gap >= gaps[index - 1]! - 1)).toBe(true)
  })

  it('has a bounded number of frames, however long the run and however many the weights', () => {
    const runs = fc.record({
      epochs: fc.integer({ min: 1, max: 10_000 }),
      stepsPerEpoch: fc.integer({ min: 1, max: 60_000 }),
    })
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 50_000_000 }), ({ epochs, stepsPerEpoch }, count) => {
        const totalSteps = epochs * stepsPerEpoch
        const plan = planFrames({ totalSteps, stepsPerEpoch }, count)
        const steps = [...plan.keys()]
        expect(plan.size).toBeLessThanOrEqual(2 * 128)
        expect([plan.get(0), plan.get(totalSteps)]).toEqual(['whole', 'whole'])
        expect(steps.every((step) => Number.isInteger(step) && step >= 0 && step <= totalSteps)).toBe(true)
      }),
    )
  })
})
