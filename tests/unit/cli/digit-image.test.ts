import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode, type ImageData } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDigit } from '#electron/cli/input/digit-image.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

function write(bytes: Uint8Array | string, name = 'digit.png'): string {
  const path = join(folder.path, name)
  writeFileSync(path, bytes)
  return path
}

const SIDE = 56
/** A thick bar, the least that can be taken for a one: true where there is ink. */
const bar = Array.from({ length: SIDE * SIDE }, (_, index) => {
  const x = index % SIDE
  const y = Math.floor(index / SIDE)
  return x >= 26 && x < 31 && y >= 8 && y < 48
})

function png(pixel: (ink: boolean) => number[], more: Partial<ImageData> = {}): Uint8Array {
  const data = bar.flatMap(pixel)
  return encode({
    width: SIDE,
    height: SIDE,
    channels: data.length / bar.length,
    data: more.depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
    ...more,
  })
}

describe('the same digit is read from', () => {
  const reference = () => readDigit(write(png((ink) => [ink ? 0 : 255])))

  it.each<[string, Uint8Array]>([
    ['light on dark', png((ink) => [ink ? 255 : 0])],
    ['dark colour on light', png((ink) => (ink ? [10, 10, 10] : [250, 250, 250]))],
    ['a transparent ground', png((ink) => [0, 0, 0, ink ? 255 : 0])],
    ['white on a transparent ground', png((ink) => [255, 255, 255, ink ? 255 : 0])],
    ['16 bits a pixel', png((ink) => [ink ? 0 : 65_535], { depth: 16 })],
    [
      'a palette',
      png((ink) => [ink ? 1 : 0], {
        channels: 1,
        palette: [
          [255, 255, 255],
          [0, 0, 0],
        ],
      } as Partial<ImageData>),
    ],
  ])('%s', (_name, bytes) => {
    const digit = readDigit(write(bytes))
    expect(digit).toHaveLength(784)
    expect(Array.from(digit)).toEqual(Array.from(reference()))
  })

  it('one bit a pixel', () => {
    const rowBytes = SIDE / 8
    const data = new Uint8Array(rowBytes * SIDE)
    bar.forEach((ink, index) => {
      const at = Math.floor(index / SIDE) * rowBytes + Math.floor((index % SIDE) / 8)
      if (!ink) data[at]! |= 0x80 >> (index % 8)
    })
    const bytes = encode({ width: SIDE, height: SIDE, channels: 1, depth: 1, data })
    expect(Array.from(readDigit(write(bytes)))).toEqual(Array.from(reference()))
  })
})

describe('an image is refused by its name', () => {
  it.each<[string, () => string, string, RegExp]>([
    ['that is blank', () => write(png(() => [255])), 'blank_image', /digit\.png is blank/],
    ['that is text', () => write('hello', 'a.txt'), 'invalid_image', /a\.txt is not a PNG image/],
    ['that is empty', () => write(''), 'invalid_image', /not a PNG/],
    ['that is cut off', () => write(png((ink) => [ink ? 0 : 255]).slice(0, 60)), 'invalid_image', /damaged PNG/],
    ['with a flipped bit', () => write(flipped()), 'invalid_image', /damaged PNG/],
    [
      'that is not there',
      () => join(folder.path, 'no.png'),
      'file_unreadable',
      /no\.png cannot be read: there is no such file/,
    ],
    ['that is a folder', () => folder.path, 'file_unreadable', /it is a folder/],
    ['that claims to be enormous', () => write(enormous()), 'invalid_image', /at most 50000000/],
  ])('%s', (_name, path, code, message) => {
    expect(() => readDigit(path())).toThrowError(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    )
  })
})

function flipped(): Uint8Array {
  const bytes = png((ink) => [ink ? 0 : 255])
  bytes[Math.floor(bytes.length / 2)]! ^= 0x10
  return bytes
}

function enormous(): Uint8Array {
  const bytes = Buffer.from(png((ink) => [ink ? 0 : 255]))
  bytes.writeUInt32BE(100_000, 16)
  bytes.writeUInt32BE(100_000, 20)
  return bytes
}
