import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { binaryConvolution, filterSize, outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { packSigns, unpackSigns } from '#shared/bits/pack.ts'
import { poolBits } from '#shared/bits/pooling.ts'

const square = (side: number, kernel: number, extra: Partial<ConvolutionGeometry> = {}): ConvolutionGeometry => ({
  batch: 1,
  height: side,
  width: side,
  inChannels: 1,
  outChannels: 1,
  kernelHeight: kernel,
  kernelWidth: kernel,
  stride: 1,
  dilation: 1,
  padding: 0,
  ...extra,
})
const ones = (rows: number, columns: number) => packSigns(new Float32Array(rows * columns).fill(1), rows, columns)

describe('binary convolution', () => {
  test('counts the weights that the padding value makes', () => {
    const geometry = square(2, 3, { padding: 1 })
    const corner = (value: -1 | 0 | 1) => binaryConvolution(geometry, value, ones(4, 1), ones(1, 9))[0]
    // A 3×3 window in the corner of a 2×2 image sees 4 pixels and 5 of padding.
    expect([corner(-1), corner(0), corner(1)]).toEqual([4 - 5, 4, 4 + 5])
  })

  test('places stride and dilation as PyTorch does', () => {
    expect(outputSize(square(7, 3, { stride: 2 }))).toEqual({ height: 3, width: 3 })
    expect(outputSize(square(7, 3, { dilation: 2 }))).toEqual({ height: 3, width: 3 })
    expect(outputSize(square(8, 3, { stride: 2, padding: 1 }))).toEqual({ height: 4, width: 4 })
  })

  test('matches a product worked out by hand', () => {
    const image = packSigns([1, -1, 1, -1, -1, 1, 1, 1, -1], 9, 1)
    const filter = packSigns([1, -1, -1, 1], 1, 4)
    expect([...binaryConvolution(square(3, 2), -1, image, filter)]).toEqual([2, 0, 0, -4])
  })

  test.prop([fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 3 })])(
    'of an image with itself as the filter gives the number of weights',
    (channels, kernel) => {
      const geometry = square(kernel, kernel, { inChannels: channels })
      const values = Float32Array.from({ length: filterSize(geometry) }, (_, index) => Math.cos(3 * index))
      const image = packSigns(values, kernel * kernel, channels)
      const filter = packSigns(values, 1, values.length)
      expect([...binaryConvolution(geometry, -1, image, filter)]).toEqual([values.length])
    },
  )
})

describe('pooling of bits', () => {
  const geometry = { batch: 1, height: 3, width: 2, channels: 2, kernelSize: 2, stride: 1 }
  const image = packSigns([1, -1, 1, 1, -1, -1, 1, 1, -1, -1, -1, 1], 6, 2)

  test('takes the largest by OR', () => {
    expect([...unpackSigns(poolBits(geometry, 'or', image))]).toEqual([1, 1, 1, 1])
  })

  test('takes the smallest by AND', () => {
    expect([...unpackSigns(poolBits({ ...geometry, kernelSize: 1 }, 'and', image))]).toEqual([...unpackSigns(image)])
    expect([...unpackSigns(poolBits(geometry, 'and', image))]).toEqual([-1, -1, -1, -1])
  })
})
