import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { aggregateRuns, type RunSeries } from '../../../../renderer/charts/aggregate.ts'

/** The definition, one x at a time. */
function reference(runs: readonly RunSeries[]) {
  const points = runs.map(({ x, y }) => {
    const last = new Map<number, number>()
    Array.from(x).forEach((place, index) => {
      if (Number.isFinite(y[index])) last.set(place, y[index]!)
    })
    return [...last].toSorted(([a], [b]) => a - b)
  })
  const places = [...new Set(points.flat().map(([x]) => x))].toSorted((a, b) => a - b)
  return places.map((x) => {
    const values = points.flatMap((run) => {
      const before = run.findLast(([place]) => place <= x)
      const after = run.find(([place]) => place >= x)
      if (!before || !after) return []
      const share = after[0] === before[0] ? 0 : (x - before[0]) / (after[0] - before[0])
      return [before[1] + share * (after[1] - before[1])]
    })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
    return {
      x,
      mean,
      std: Math.sqrt(variance),
      min: Math.min(...values),
      max: Math.max(...values),
      count: values.length,
    }
  })
}

const run = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(NaN)),
    ),
    { maxLength: 25 },
  )
  .chain((steps) => fc.tuple(fc.integer({ min: 0, max: 10 }), fc.constant(steps)))
  .map(([from, steps]) => {
    let x = from
    return { x: steps.map(([step]) => (x += step)), y: steps.map(([, y]) => y) }
  })

describe('several runs as one', () => {
  test.prop([fc.array(run, { maxLength: 6 })])('are mean, spread and extremes at every x', (runs) => {
    const result = aggregateRuns(runs)
    const expected = reference(runs)
    expect([...result.x]).toEqual(expected.map(({ x }) => x))
    expect([...result.count]).toEqual(expected.map(({ count }) => count))
    for (const name of ['mean', 'std', 'min', 'max'] as const) {
      expected.forEach((entry, index) => expect(result[name][index]).toBeCloseTo(entry[name], 8))
    }
  })

  it('have the sample standard deviation of three seeds', () => {
    const { mean, std, min, max } = aggregateRuns([0.97, 0.98, 0.99].map((y) => ({ x: [1], y: [y] })))
    expect(mean[0]).toBeCloseTo(0.98, 12)
    expect(std[0]).toBeCloseTo(0.01, 12)
    expect([min[0], max[0]]).toEqual([0.97, 0.99])
  })

  it('go on with those that are left when one ends', () => {
    const { x, mean, count, std } = aggregateRuns([
      { x: [1, 2, 3], y: [1, 2, 3] },
      { x: [1, 2], y: [3, 4] },
    ])
    expect([...x]).toEqual([1, 2, 3])
    expect([...mean]).toEqual([2, 3, 3])
    expect([...count]).toEqual([2, 2, 1])
    expect(std[2]).toBe(0)
  })
})
