import { fc, test } from '@fast-check/vitest'
import { describe, expect, it, vi } from 'vitest'
import { Column, firstAtLeast, nearestIndex } from '../../../../renderer/charts/series.ts'

describe('a column', () => {
  it('grows far beyond its first buffer', () => {
    const column = new Column()
    for (let value = 0; value < 5000; value++) column.push(value)
    expect(column.length).toBe(5000)
    expect(column.view()).toEqual(Float64Array.from({ length: 5000 }, (_, index) => index))
  })

  it('overwrites, extends and truncates', () => {
    const column = new Column([1, 2, 3])
    column.write(2, [30, 40])
    expect([...column.view()]).toEqual([1, 2, 30, 40])
    column.truncate(1)
    expect([...column.view()]).toEqual([1])
    expect(column.at(1)).toBeUndefined()
    column.truncate(5)
    expect(column.length).toBe(1)
  })

  it('shows a gap as NaN, also where old values once stood', () => {
    const column = new Column([1, 2, 3])
    column.truncate(1)
    column.write(2, [9])
    expect([...column.view()]).toEqual([1, NaN, 9])
  })

  it('tells its listeners until they stop listening', () => {
    const column = new Column()
    const listener = vi.fn()
    const stop = column.onChange(listener)
    column.push(1)
    column.truncate(0)
    column.truncate(0)
    stop()
    column.push(2)
    expect(listener).toHaveBeenCalledTimes(2)
  })
})

describe('looking up a value', () => {
  const sorted = Float64Array.of(1, 2, 2, 5)

  it('finds the first that is large enough', () => {
    expect([0, 1, 2, 3, 5, 6].map((x) => firstAtLeast(sorted, x))).toEqual([0, 0, 1, 3, 3, 4])
  })

  it('finds the nearest', () => {
    expect([-9, 1.4, 3.5, 3.6, 99].map((x) => nearestIndex(sorted, x))).toEqual([0, 0, 2, 3, 3])
    expect(nearestIndex(new Float64Array(), 1)).toBe(-1)
    expect(nearestIndex(sorted, NaN)).toBe(-1)
  })

  test.prop([
    fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
    fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
  ])('is never farther away than any other', (values, x) => {
    const list = Float64Array.from(values).toSorted()
    const found = list[nearestIndex(list, x)]!
    expect(list.every((value) => Math.abs(found - x) <= Math.abs(value - x))).toBe(true)
  })
})
