import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { Column } from '../../../../renderer/charts/series.ts'
import { smooth } from '../../../../renderer/charts/smooth.ts'
import { smoothed } from '../../../../renderer/charts/smoothing.ts'

function expectSame(column: Column, weight: number): void {
  const expected = smooth(column.view(), weight)
  const values = smoothed(column, weight)
  expect(values).toHaveLength(expected.length)
  expected.forEach((value, index) => {
    if (Number.isFinite(value))
      expect(Math.abs(values[index]! - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)))
    else expect(values[index]).toBe(value)
  })
}

const value = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(NaN, Infinity, 2, 2, 2))
const change = fc.oneof(
  fc.record({ append: fc.array(value, { maxLength: 30 }) }),
  fc.record({ truncate: fc.nat(60) }),
  fc.record({ at: fc.nat(60), write: fc.array(value, { minLength: 1, maxLength: 5 }) }),
)

describe('smoothing a column that grows', () => {
  test.prop([fc.array(change, { maxLength: 8 }), fc.double({ min: 0, max: 0.99, noNaN: true })])(
    'is what smoothing all of it would be, after every change',
    (changes, weight) => {
      const column = new Column()
      for (const step of changes) {
        if ('append' in step) column.write(column.length, step.append)
        else if ('truncate' in step) column.truncate(step.truncate)
        else column.write(Math.min(step.at, column.length), step.write)
        expectSame(column, weight)
      }
    },
  )

  it('keeps several weights apart', () => {
    const column = new Column([1, 5, 2])
    for (const weight of [0.9, 0.5, 0.1, 0.9]) expectSame(column, weight)
    column.push(7)
    for (const weight of [0.1, 0.9]) expectSame(column, weight)
  })

  it('gives the column itself at weight 0', () => {
    const column = new Column([3, 1])
    expect([...smoothed(column, 0)]).toEqual([3, 1])
  })
})
