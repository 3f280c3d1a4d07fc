import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { multiplyBits, type Bit } from '../../../../renderer/features/learn/bitProduct.ts'

test('a product worked out by hand', () => {
  const { different, ones, dot, products } = multiplyBits([1, 0, 1, 1], [1, 1, 0, 1])
  expect(different).toEqual([0, 1, 1, 0])
  expect(ones).toBe(2)
  expect(products).toEqual([1, -1, -1, 1])
  expect(dot).toBe(0)
})

const bit = fc.constantFrom<Bit>(0, 1)

property.prop([fc.array(fc.tuple(bit, bit), { minLength: 1, maxLength: 200 })])(
  'counting differences gives what adding up the signs gives',
  (pairs) => {
    const { dot, ones, products } = multiplyBits(
      pairs.map(([a]) => a),
      pairs.map(([, w]) => w),
    )
    expect(dot).toBe(products.reduce<number>((sum, value) => sum + value, 0))
    expect(dot).toBe(pairs.length - 2 * ones)
  },
)
