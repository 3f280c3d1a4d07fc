import { DIGIT_SIDE } from '../contract/methods.ts'
import { SignumError } from '../contract/errors.ts'
import { inkBounds, type Bounds } from './bounds.ts'
import { resampleSquare } from './resample.ts'

/** Side of the square that MNIST's digits were fitted into before being centred. */
const GLYPH_SIDE = 20
/** Ink smaller than this is not blown up to the full glyph: a dot stays a dot. */
const SMALLEST_SQUARE = 10

/**
 * Brings ink into the form of MNIST's images: fitted into 20×20 with its aspect ratio kept, anti-aliased, then placed
 * in 28×28 so that its centre of mass lies in pixel 14 of both axes.
 *
 * Follows QMNIST's reconstruction of the lost procedure, which meets MNIST to within 3 of 255 levels
 * (Yadav and Bottou, "Cold Case: The Lost MNIST Digits", 2019).
 *
 * @param ink row by row; a Float32Array holds 0 for paper and 1 for ink, a Uint8Array 0 for paper and 255 for ink.
 * @returns 784 bytes, row by row, 0 paper and 255 ink; `null` where there is no ink at all.
 * @throws SignumError `invalid_image` when `ink` does not hold width × height values.
 */
export function normalizeDigit(
  ink: Float32Array | Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> | null {
  requireSize(ink, width, height)
  const bounds = inkBounds(ink, width, height)
  if (!bounds) return null
  const glyph = resampleSquare(ink, width, height, squareAround(bounds), GLYPH_SIDE)
  const bytes = toBytes(glyph, ink instanceof Float32Array ? 1 : 255)
  return centre(bytes)
}

function requireSize(ink: ArrayLike<number>, width: number, height: number): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && ink.length === width * height) {
    return
  }
  throw new SignumError(
    'invalid_image',
    `An image of ${width}×${height} pixels cannot have ${ink.length} values; give one value for each pixel.`,
  )
}

/** The shorter axis gets the same margin on both sides, so that a "1" stays thin. */
function squareAround({ left, top, width, height }: Bounds): Bounds {
  const side = Math.max(width, height, SMALLEST_SQUARE)
  return {
    left: left - Math.floor((side - width) / 2),
    top: top - Math.floor((side - height) / 2),
    width: side,
    height: side,
  }
}

/** Stretches faint ink to the full range, never the other way; rounds half up. */
function toBytes(glyph: Float64Array, full: number): Uint8Array {
  const strongest = glyph.reduce((strongest, value) => Math.max(strongest, value), 0)
  const scale = 255 / Math.min(full, strongest)
  return Uint8Array.from(glyph, (value) => Math.min(255, Math.floor(value * scale + 0.5)))
}

function centre(glyph: Uint8Array): Uint8Array<ArrayBuffer> {
  let mass = 0
  let momentX = 0
  let momentY = 0
  glyph.forEach((value, index) => {
    mass += value
    momentX += value * ((index % GLYPH_SIDE) + 0.5)
    momentY += value * (Math.floor(index / GLYPH_SIDE) + 0.5)
  })
  const offsetX = offset(momentX / mass)
  const offsetY = offset(momentY / mass)
  const digit = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE)
  glyph.forEach((value, index) => {
    const x = (index % GLYPH_SIDE) + offsetX
    const y = Math.floor(index / GLYPH_SIDE) + offsetY
    if (x >= 0 && x < DIGIT_SIDE && y >= 0 && y < DIGIT_SIDE) digit[y * DIGIT_SIDE + x] = value
  })
  return digit
}

/** Where the glyph's first row or column goes, at most ten pixels out of the frame. */
function offset(centreOfMass: number): number {
  return Math.max(-10, Math.min(18, Math.floor(DIGIT_SIDE / 2 + 1 - centreOfMass)))
}
