import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { latestReadings, readingsAt, snap, sortByDistance } from '../../../../renderer/charts/reading.ts'
import { line } from './chartFixtures.ts'

describe('reading a chart', () => {
  const lines = [line('a', [1, 2, 5], [10, 20, 50]), line('b', [4, 8], [1, NaN])]

  it('goes to the nearest point of any line', () => {
    expect([0, 3.4, 4.4, 99].map((x) => snap(lines, x))).toEqual([1, 4, 4, 8])
    expect(snap([], 1)).toBeNull()
  })

  it('leaves out lines that have nothing there', () => {
    expect(readingsAt(lines, 2).map(({ line: { id }, value }) => [id, value])).toEqual([['a', 20]])
    expect(readingsAt(lines, 4).map(({ line: { id } }) => id)).toEqual(['a', 'b'])
    expect(readingsAt(lines, 8)).toEqual([])
    expect(latestReadings(lines).map(({ x, value }) => [x, value])).toEqual([[5, 50]])
  })

  it('gives what is drawn and what was measured', () => {
    const [reading] = readingsAt([line('a', [1, 2], [1, 2], { smoothing: 0.6 })], 2)
    expect(reading!.raw).toBe(2)
    expect(reading!.value).toBeCloseTo(1.04 / 0.64, 12)
  })

  it('reads where the axis has the lines', () => {
    const test = line('test', [1, 2], [0.5, 0.4], { placing: { offset: 0, factor: 600 } })
    expect(snap([test], 700)).toBe(600)
    expect(readingsAt([test], 1100)).toMatchObject([{ x: 1200, value: 0.4 }])
  })
})

describe('the rows of the tooltip', () => {
  const readings = readingsAt([line('low', [1], [1]), line('high', [1], [9]), line('middle', [1], [5])], 1)
  const order = (height: number | null, toPixel = (value: number) => 100 - 10 * value) =>
    sortByDistance(readings, toPixel, height).map(({ line: { id } }) => id)

  it('begin with the nearest to the pointer', () => {
    expect(order(85)).toEqual(['low', 'middle', 'high'])
    expect(order(40)).toEqual(['middle', 'high', 'low'])
    expect(order(0)).toEqual(['high', 'middle', 'low'])
  })

  it('stay in the order of the lines where the keys move the crosshair', () => {
    expect(order(null)).toEqual(['low', 'high', 'middle'])
  })

  it('end with what has no place on the axis', () => {
    expect(order(10, (value) => (value > 4 ? value : NaN))).toEqual(['high', 'middle', 'low'])
  })

  test.prop([fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 12 }), fc.integer()])(
    'are never farther away than the next one',
    (values, height) => {
      const many = values.flatMap((value, index) => readingsAt([line(`${index}`, [1], [value])], 1))
      const distances = sortByDistance(many, (value) => value, height).map(({ value }) => Math.abs(value - height))
      expect(distances).toEqual(distances.toSorted((a, b) => a - b))
    },
  )
})
