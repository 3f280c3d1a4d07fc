import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { binaryDense } from '#shared/bits/dense.ts'
import { popcount32 } from '#shared/bits/dot.ts'
import { wordsFor } from '#shared/bits/layout.ts'
import { packSigns, transposeBits, unpackSigns } from '#shared/bits/pack.ts'

const matrix = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 150 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(fc.float({ noNaN: true }), { minLength: rows * columns, maxLength: rows * columns }),
    }),
  )

describe('packing', () => {
  test('takes 0 and -0 as +1, everything below as -1, and NaN as -1', () => {
    const packed = packSigns([0, -0, 1e-45, -1e-45, Infinity, -Infinity, NaN], 1, 7)
    expect([...unpackSigns(packed)]).toEqual([1, 1, 1, -1, 1, -1, -1])
  })

  test('puts the first element into the least significant bit and starts each row at a word', () => {
    const packed = packSigns([1, -1, -1, 1, -1, -1], 2, 3)
    expect([...packed.halves]).toEqual([0b001, 0, 0b001, 0])
  })

  test('puts element 32 into the second half of a word and element 64 into the next word', () => {
    const values = Array.from({ length: 65 }, (_, index) => (index % 32 === 0 ? 1 : -1))
    expect([...packSigns(values, 1, 65).halves]).toEqual([1, 1, 1, 0])
  })

  test.prop([matrix])('keeps the signs and leaves every bit past the end zero', ({ rows, columns, values }) => {
    const packed = packSigns(values, rows, columns)
    expect([...unpackSigns(packed)]).toEqual(values.map((value) => (value >= 0 ? 1 : -1)))
    const ones = packed.halves.reduce((sum, half) => sum + popcount32(half), 0)
    expect(ones).toBe(values.filter((value) => value >= 0).length)
    expect(packed.halves.length).toBe(rows * wordsFor(columns) * 2)
  })

  test.prop([matrix])('comes back from transposing twice', ({ rows, columns, values }) => {
    const packed = packSigns(values, rows, columns)
    expect(transposeBits(transposeBits(packed))).toEqual(packed)
  })
})

describe('products of signs', () => {
  test.prop([matrix, fc.integer({ min: 1, max: 4 })])('equal the products of floats', (inputs, outputs) => {
    const weights = Array.from({ length: outputs * inputs.columns }, (_, index) => Math.sin(index * index + 1))
    const got = binaryDense(
      packSigns(inputs.values, inputs.rows, inputs.columns),
      packSigns(weights, outputs, inputs.columns),
    )
    const sign = (value: number) => (value >= 0 ? 1 : -1)
    for (let row = 0; row < inputs.rows; row++)
      for (let output = 0; output < outputs; output++) {
        let sum = 0
        for (let k = 0; k < inputs.columns; k++)
          sum += sign(inputs.values[row * inputs.columns + k]!) * sign(weights[output * inputs.columns + k]!)
        expect(got[row * outputs + output]).toBe(sum)
      }
  })

  test('give K for equal rows and -K for opposite ones', () => {
    const ones = packSigns(new Float32Array(77).fill(1), 1, 77)
    const minusOnes = packSigns(new Float32Array(77).fill(-1), 1, 77)
    expect([...binaryDense(ones, ones)]).toEqual([77])
    expect([...binaryDense(ones, minusOnes)]).toEqual([-77])
  })
})
