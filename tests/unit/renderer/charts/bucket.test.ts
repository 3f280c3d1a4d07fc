import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { bucket, type Window } from '../../../../renderer/charts/bucket.ts'

interface Entry {
  x: number
  last: number
  low: number
  high: number
}

/** The definition, read off point by point: every column's last, lowest and highest value, and the two neighbours. */
function reference(x: Float64Array, y: Float64Array, { from, to, columns }: Window, floor: number) {
  const width = to > from ? (to - from) / columns : 1
  const groups = new Map<string, number[]>()
  let before = -1
  let after = -1
  x.forEach((place, index) => {
    if (place < from) before = index
    else if (place > to) after = after < 0 ? index : after
    else groups.set(`${Math.floor(place / width)}`, [...(groups.get(`${Math.floor(place / width)}`) ?? []), index])
  })
  const all = [...(before < 0 ? [] : [[before]]), ...groups.values(), ...(after < 0 ? [] : [[after]])]
  const entries = all.map((indices): Entry => {
    const kept = indices.filter((index) => Number.isFinite(y[index]) && y[index]! > floor)
    const values = kept.map((index) => y[index]!)
    if (values.length === 0) return { x: x[indices[0]!]!, last: NaN, low: NaN, high: NaN }
    const at = kept.at(-1)!
    return { x: x[at]!, last: y[at]!, low: Math.min(...values), high: Math.max(...values) }
  })
  const refused = [...groups.values()]
    .flat()
    .filter((index) => Number.isFinite(y[index]) && !(y[index]! > floor)).length
  return { entries, refused }
}

function entriesOf({ x, last, low, high }: ReturnType<typeof bucket>): Entry[] {
  return Array.from(x, (place, at) => ({ x: place, last: last[at]!, low: low[at]!, high: high[at]! }))
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
    fc.double({ min: -50, max: 300, noNaN: true }),
    fc.double({ min: 0, max: 900, noNaN: true }),
    fc.constantFrom(-Infinity, 0),
  ])('gives every column its last value, its extremes and the neighbours', ({ x, y }, columns, from, span, floor) => {
    const window = { from, to: from + span, columns }
    const buckets = bucket(x, y, window, floor)
    const { entries, refused } = reference(x, y, window, floor)
    // The reference does not tell -0 from 0 by which came first.
    expect(entriesOf(buckets).map((entry) => Object.values(entry).map((value: number) => value + 0))).toEqual(
      entries.map((entry) => Object.values(entry).map((value: number) => value + 0)),
    )
    expect(buckets.refused).toBe(refused)
    buckets.index.forEach((index, at) => {
      if (index >= 0) expect(y[index]).toBe(buckets.last[at])
      else expect(buckets.last[at]).toBeNaN()
    })
  })

  it('gives at most one entry a column and two neighbours, however many points there are', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, index) => index)
    const { x: drawn } = bucket(x, x.map(Math.sin), { from: 20_000, to: 80_000, columns: 500 })
    expect(drawn.length).toBeLessThanOrEqual(504)
    expect(drawn[0]).toBe(19_999)
    expect(drawn.at(-1)).toBe(80_001)
  })

  it('keeps every point in its column while the window moves', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, index) => index)
    const y = x.map((value) => Math.sin(value * 12.9898) * 43_758.5453)
    const at = (from: number) => new Set(bucket(x, y, { from, to: from + 4000, columns: 100 }).x.slice(2, -2))
    const [here, there] = [at(1000), at(1013)]
    const shared = [...here].filter((place) => place > 1100 && place < 4900)
    expect(shared.length).toBeGreaterThan(90)
    expect(shared.every((place) => there.has(place))).toBe(true)
  })

  it('gives few points as they are', () => {
    const { x, last } = bucket(Float64Array.of(1, 2, 3), Float64Array.of(5, NaN, 7), { from: 1, to: 3, columns: 500 })
    expect([...x]).toEqual([1, 2, 3])
    expect([...last]).toEqual([5, NaN, 7])
  })

  it('gives nothing for nothing', () => {
    const none = new Float64Array()
    expect(bucket(none, none, { from: 0, to: 1, columns: 10 }).x).toHaveLength(0)
    expect([...bucket(Float64Array.of(3), Float64Array.of(1), { from: 3, to: 3, columns: 10 }).last]).toEqual([1])
  })
})
