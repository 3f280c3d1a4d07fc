import type { Pixels } from '../paint.ts'
import { compressIndexes } from './lzw.ts'

const MOST_COLOURS = 256
const LONGEST_BLOCK = 255

/** An animated GIF (GIF89a) that repeats for ever, of frames of one size and few colours. */
export class GifWriter {
  readonly #parts: Uint8Array[] = []
  readonly #indexOf = new Map<number, number>()
  readonly #colours: number[] = []
  readonly #width: number
  readonly #height: number
  /** In hundredths of a second, as the format has it. */
  readonly #delay: number

  constructor(width: number, height: number, framesPerSecond: number) {
    this.#width = width
    this.#height = height
    this.#delay = Math.max(2, Math.round(100 / framesPerSecond))
  }

  add({ data }: Pixels): void {
    const indexes = new Uint8Array(this.#width * this.#height)
    for (let pixel = 0; pixel < indexes.length; pixel++) {
      indexes[pixel] = this.#index((data[4 * pixel]! << 16) | (data[4 * pixel + 1]! << 8) | data[4 * pixel + 2]!)
    }
    const size = [...twoBytes(this.#width), ...twoBytes(this.#height)]
    this.#parts.push(
      Uint8Array.of(0x21, 0xf9, 4, 0, ...twoBytes(this.#delay), 0, 0),
      Uint8Array.of(0x2c, 0, 0, 0, 0, ...size, 0, 8),
      ...blocks(compressIndexes(indexes, 8)),
    )
  }

  /** The file, with the frames added so far. */
  finish(): Blob {
    const palette = new Uint8Array(3 * MOST_COLOURS)
    this.#colours.forEach((colour, index) => palette.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * index))
    return new Blob(
      [
        'GIF89a',
        // A palette of 256 colours for all frames.
        Uint8Array.of(...twoBytes(this.#width), ...twoBytes(this.#height), 0xf7, 0, 0),
        palette,
        // Netscape's extension: repeat for ever.
        Uint8Array.of(0x21, 0xff, 11),
        'NETSCAPE2.0',
        Uint8Array.of(3, 1, 0, 0, 0),
        ...(this.#parts as Uint8Array<ArrayBuffer>[]),
        Uint8Array.of(0x3b),
      ],
      { type: 'image/gif' },
    )
  }

  /** Of a colour met before, or of the nearest once there is no room for more. */
  #index(colour: number): number {
    const known = this.#indexOf.get(colour)
    if (known !== undefined) return known
    const index = this.#colours.length < MOST_COLOURS ? this.#colours.push(colour) - 1 : this.#nearest(colour)
    this.#indexOf.set(colour, index)
    return index
  }

  #nearest(colour: number): number {
    const distance = (other: number) =>
      [16, 8, 0].reduce((sum, shift) => sum + (((other >> shift) & 255) - ((colour >> shift) & 255)) ** 2, 0)
    return this.#colours.reduce(
      (best, other, index) => (distance(other) < distance(this.#colours[best]!) ? index : best),
      0,
    )
  }
}

function twoBytes(value: number): [number, number] {
  return [value & 255, value >> 8]
}

function blocks(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += LONGEST_BLOCK) {
    const block = bytes.subarray(at, at + LONGEST_BLOCK)
    parts.push(Uint8Array.of(block.length), block)
  }
  return [...parts, Uint8Array.of(0)]
}
