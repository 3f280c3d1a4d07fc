import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { bucket, type Point } from '../../../../renderer/charts/bucket.ts'

/** What bucketing promises, computed without any of its cleverness: the lowest and highest value of each column. */
function extremesByColumn(points: readonly Point[], from: number, to: number, columns: number) {
  const extremes = new Map<number, { low: number; high: number }>()
  for (const { x, y } of points) {
    if (x < from || x >= to || !Number.isFinite(y)) continue
    const column = Math.floor(((x - from) / (to - from)) * columns)
    const known = extremes.get(column) ?? { low: y, high: y }
    extremes.set(column, { low: Math.min(known.low, y), high: Math.max(known.high, y) })
  }
  return extremes
}

const series = fc
  .array(fc.tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ noNaN: false })), { maxLength: 400 })
  .map((pairs) => {
    let x = 0
    return { x: Float64Array.from(pairs, ([step]) => (x += step)), y: Float64Array.from(pairs, ([, y]) => y) }
  })

describe('bucket', () => {
  test.prop([
    series,
    fc.integer({ min: 1, max: 60 }),
    fc.double({ min: 0, max: 300, noNaN: true }),
    fc.double({ min: 1, max: 900, noNaN: true }),
  ])('keeps the extremes of every pixel column and the order of x', ({ x, y }, columns, from, span) => {
    const to = from + span
    const all = Array.from(x, (value, index) => ({ x: value, y: y[index]! }))
    const points = bucket(x, y, { from, to, columns })
    expect(extremesByColumn(points, from, to, columns)).toEqual(extremesByColumn(all, from, to, columns))
    expect(points.every((point, index) => index === 0 || point.x >= points[index - 1]!.x)).toBe(true)
  })

  it('gives at most two points a column and one beyond each edge', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, index) => index)
    const points = bucket(x, x.map(Math.sin), { from: 20_000, to: 80_000, columns: 500 })
    expect(points.length).toBeLessThanOrEqual(1002)
    expect(points[0]!.x).toBe(19_999)
    expect(points.at(-1)!.x).toBeGreaterThanOrEqual(80_000)
  })

  it('gives few points as they are', () => {
    const x = Float64Array.of(1, 2, 3)
    const y = Float64Array.of(5, NaN, 7)
    expect(bucket(x, y, { from: 1, to: 3, columns: 500 })).toEqual([
      { x: 1, y: 5 },
      { x: 2, y: NaN },
      { x: 3, y: 7 },
    ])
  })

  it('leaves one gap where a whole column is missing', () => {
    const x = Float64Array.from({ length: 40 }, (_, index) => index)
    const y = x.map((value) => (value >= 10 && value < 20 ? NaN : value))
    const points = bucket(x, y, { from: 0, to: 40, columns: 4 })
    expect(points.filter((point) => Number.isNaN(point.y))).toHaveLength(1)
  })

  it('gives nothing for nothing', () => {
    const none = new Float64Array()
    expect(bucket(none, none, { from: 0, to: 1, columns: 10 })).toEqual([])
    expect(bucket(Float64Array.of(3), Float64Array.of(1), { from: 3, to: 3, columns: 10 })).toEqual([{ x: 3, y: 1 }])
  })
})
