import { describe, expect, it } from 'vitest'
import { parseImages, parseLabels } from '#electron/engine/datasets/idx.ts'

function idx(magic: number, dimensions: number[], body: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * (dimensions.length + 1) + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic)
  for (const [index, size] of dimensions.entries()) view.setUint32(4 * (index + 1), size)
  bytes.set(body, 4 * (dimensions.length + 1))
  return bytes
}

const expected = { count: 2, height: 1, width: 3 }
const images = idx(0x803, [2, 1, 3], [1, 2, 3, 4, 5, 6])
const labels = idx(0x801, [2], [0, 9])
const unreadable = (message: string) =>
  expect.objectContaining({ code: 'file_unreadable', message: expect.stringContaining(message) })

describe('an IDX file', () => {
  it('gives its pixels and its labels', () => {
    expect([...parseImages(images, 'images', expected)]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...parseLabels(labels, 'labels', 2, 10)]).toEqual([0, 9])
  })

  it.each([
    ['begins with something else', idx(0x801, [2, 1, 3], [1, 2, 3, 4, 5, 6]), 'begins with 2049'],
    ['has another number of images', idx(0x803, [3, 1, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]), 'holds 3 images'],
    ['has images of another size', idx(0x803, [2, 3, 1], [1, 2, 3, 4, 5, 6]), '3×1'],
    ['is too short', images.subarray(0, 20), '20 bytes, not 22'],
    ['is too long', idx(0x803, [2, 1, 3], [1, 2, 3, 4, 5, 6, 7]), '23 bytes, not 22'],
    ['ends in its header', images.subarray(0, 7), 'ends after 7 bytes'],
    ['is empty', new Uint8Array(0), 'ends after 0 bytes'],
  ])('of images that %s is refused by name', (_, bytes, message) => {
    expect(() => parseImages(bytes, 'train-images', expected)).toThrowError(unreadable(message))
    expect(() => parseImages(bytes, 'train-images', expected)).toThrowError(/train-images/)
  })

  it.each([
    ['begins with something else', idx(0x803, [2], [0, 1]), 'begins with 2051'],
    ['has another number of labels', idx(0x801, [3], [0, 1, 2]), 'holds 3 labels, not 2'],
    ['is too short', labels.subarray(0, 9), '9 bytes, not 10'],
    ['has a label beyond the classes', idx(0x801, [2], [0, 10]), 'label 10'],
  ])('of labels that %s is refused by name', (_, bytes, message) => {
    expect(() => parseLabels(bytes, 'train-labels', 2, 10)).toThrowError(unreadable(message))
  })

  it('is read from any place in a larger buffer', () => {
    const shifted = new Uint8Array(images.length + 3)
    shifted.set(images, 3)
    expect([...parseImages(shifted.subarray(3), 'images', expected)]).toEqual([1, 2, 3, 4, 5, 6])
  })
})
