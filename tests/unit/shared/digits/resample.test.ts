import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { resampleSquare } from '#shared/digits/resample.ts'

const square = (side: number) => ({ left: 0, top: 0, width: side, height: side })

describe('resampleSquare', () => {
  it('changes nothing when the size stays', () => {
    const image = Float32Array.from({ length: 16 }, (_, index) => index)
    expect([...resampleSquare(image, 4, 4, square(4), 4)]).toEqual([...image])
  })

  it('takes the mean of whole blocks', () => {
    const image = [1, 3, 0, 0, 5, 7, 0, 8]
    expect([...resampleSquare([...image, ...image], 4, 4, square(4), 2)]).toEqual([4, 2, 4, 2])
  })

  it('repeats pixels when it enlarges', () => {
    expect([...resampleSquare([1, 0, 0, 2], 2, 2, square(2), 4)]).toEqual([
      ...[1, 1, 0, 0],
      ...[1, 1, 0, 0],
      ...[0, 0, 2, 2],
      ...[0, 0, 2, 2],
    ])
  })

  it('counts what lies outside the image as paper', () => {
    const result = resampleSquare([8], 1, 1, { left: -1, top: -1, width: 2, height: 2 }, 1)
    expect([...result]).toEqual([2])
  })

  test.prop([
    fc.integer({ min: 1, max: 60 }),
    fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3600, maxLength: 3600 }),
  ])('keeps the mean brightness at every size', (side, values) => {
    const image = values.slice(0, side * side)
    const output = resampleSquare(image, side, side, square(side), 20)
    const mean = (list: ArrayLike<number>) => Array.from(list).reduce((sum, value) => sum + value, 0) / list.length
    expect(mean(output)).toBeCloseTo(mean(image), 6)
  })
})
