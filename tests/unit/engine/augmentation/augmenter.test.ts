import { describe, expect, it } from 'vitest'
import { createAugmenter } from '#electron/engine/augmentation/augmenter.ts'
import { BendingField } from '#electron/engine/augmentation/bending-field.ts'
import { sampleImage } from '#electron/engine/augmentation/sample.ts'
import { scalePixels } from '#electron/engine/datasets/batch.ts'
import { RandomStream } from '#electron/engine/random.ts'

const STILL = { angle: 0, right: 0, down: 0 }
const random = (seed = 1) => new RandomStream([seed, 2, 3, 4])
const bytes = (length: number) => {
  const stream = random(9)
  return Uint8Array.from({ length }, () => stream.integer(256))
}

describe('an image that is moved', () => {
  const shape = { height: 5, width: 4, channels: 2 }
  const source = bytes(40)
  const moved = (placement: object, field: BendingField | null = null) => {
    const target = new Float32Array(40)
    sampleImage(source, target, shape, { ...STILL, ...placement }, field)
    return target
  }
  const at = (values: Float32Array, row: number, column: number, channel: number) =>
    values[(row * 4 + column) * 2 + channel]!

  it('by nothing is the image as the networks read it', () => {
    expect(moved({})).toEqual(scalePixels(source))
  })

  it('by whole pixels has its pixels elsewhere and 0 where nothing came from', () => {
    const plain = moved({})
    const shifted = moved({ right: 1, down: 2 })
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 4; column++) {
        const expected = row < 2 || column < 1 ? 0 : at(plain, row - 2, column - 1, 1)
        expect(at(shifted, row, column, 1)).toBe(expected)
      }
    }
  })

  it('by half a pixel lies between its neighbours', () => {
    const plain = moved({})
    expect(at(moved({ right: 0.5 }), 2, 2, 0)).toBeCloseTo((at(plain, 2, 1, 0) + at(plain, 2, 2, 0)) / 2, 6)
  })

  it('by a quarter turn has its rows in the place of its columns', () => {
    const square = bytes(9)
    const target = new Float32Array(9)
    sampleImage(square, target, { height: 3, width: 3, channels: 1 }, { ...STILL, angle: Math.PI / 2 }, null)
    const turned = [6, 3, 0, 7, 4, 1, 8, 5, 2].map((place) => square[place]! / 255)
    for (const [place, value] of turned.entries()) expect(target[place]).toBeCloseTo(value, 5)
  })

  it('by a field takes each pixel from where the field says', () => {
    const field = new BendingField(5, 4)
    field.right.fill(-1)
    expect(moved({}, field)).toEqual(moved({ right: 1 }))
  })
})

describe('a bending field', () => {
  it('has the deviation it was drawn with and changes little from pixel to pixel', () => {
    const field = new BendingField(28, 28)
    const stream = random()
    let [sum, steps, count] = [0, 0, 0]
    for (let drawn = 0; drawn < 200; drawn++) {
      field.draw(2, stream)
      for (const values of [field.right, field.down]) {
        for (let place = 1; place < values.length; place++) {
          if (place % 28 === 0) continue
          sum += values[place]! ** 2
          steps += (values[place]! - values[place - 1]!) ** 2
          count += 1
        }
      }
    }
    expect(Math.sqrt(sum / count)).toBeCloseTo(2, 0)
    expect(Math.sqrt(steps / count)).toBeLessThan(0.4)
  })
})

describe('an augmenter', () => {
  const size = { height: 28, width: 28, channels: 1 }
  const pixels = bytes(3 * 784)

  it('is none where nothing is to be changed', () => {
    expect(createAugmenter({ shift: 0, rotation: 0, elastic: 0 }, size, random())).toBeNull()
  })

  it.each([
    ['shift', { shift: 2, rotation: 0, elastic: 0 }],
    ['rotation', { shift: 0, rotation: 15, elastic: 0 }],
    ['elastic distortion', { shift: 0, rotation: 0, elastic: 0.7 }],
  ])('changes every image otherwise by %s, and the same way from the same state', (_, settings) => {
    const stream = random()
    const augment = createAugmenter(settings, size, stream)!
    const state = stream.state()
    const first = augment(pixels, 3)
    const second = augment(pixels, 3)
    expect(second).not.toEqual(first)
    stream.restore(state)
    expect(augment(pixels, 3)).toEqual(first)
    expect(first.every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('draws for each image alone: how images are cut into batches changes nothing', () => {
    const settings = { shift: 1, rotation: 5, elastic: 0.5 }
    const whole = createAugmenter(settings, size, random())!(pixels, 3)
    const augment = createAugmenter(settings, size, random())!
    const parts = [0, 1, 2].flatMap((image) => [...augment(pixels.subarray(image * 784, (image + 1) * 784), 1)])
    expect(parts).toEqual([...whole])
  })
})
