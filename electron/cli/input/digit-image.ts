import { convertIndexedToRgb, decode, hasPngSignature, type DecodedPng } from 'fast-png'
import { SignumError } from '#shared/contract/errors.ts'
import { inkFromImage } from '#shared/digits/ink.ts'
import type { Picture } from '#shared/digits/luminance.ts'
import { normalizeDigit } from '#shared/digits/normalize.ts'
import { readNamedFile } from './files.ts'

const IMAGE_BYTES = 20_000_000
const IMAGE_PIXELS = 50_000_000
/** Where a PNG states its width; the height follows. */
const WIDTH_OFFSET = 16

/**
 * The digit in a PNG of any size, dark on light or light on dark, as the networks read it: 28×28 bytes.
 *
 * @throws SignumError `file_unreadable`, `invalid_image` or `blank_image`, naming the file.
 */
export function readDigit(path: string): Uint8Array<ArrayBuffer> {
  const picture = decodePng(path, readNamedFile(path, IMAGE_BYTES))
  const digit = normalizeDigit(inkFromImage(picture), picture.width, picture.height)
  if (digit) return new Uint8Array(digit)
  throw new SignumError('blank_image', `${path} is blank: there is no digit in it to read.`)
}

function decodePng(path: string, bytes: Buffer): Picture {
  requirePng(path, bytes)
  try {
    return toPicture(decode(bytes, { checkCrc: true }))
  } catch (cause) {
    throw new SignumError('invalid_image', `${path} is a damaged PNG image: ${(cause as Error).message}.`, { cause })
  }
}

function requirePng(path: string, bytes: Buffer): void {
  if (bytes.length < WIDTH_OFFSET + 8 || !hasPngSignature(bytes)) {
    throw new SignumError('invalid_image', `${path} is not a PNG image. Save the digit as PNG and try again.`)
  }
  const width = bytes.readUInt32BE(WIDTH_OFFSET)
  const height = bytes.readUInt32BE(WIDTH_OFFSET + 4)
  if (width * height > IMAGE_PIXELS) {
    throw new SignumError(
      'invalid_image',
      `${path} has ${width}×${height} pixels; at most ${IMAGE_PIXELS} can be read. Make it smaller.`,
    )
  }
}

function toPicture(png: DecodedPng): Picture {
  const { width, height, depth } = png
  const palette = png.palette ?? (depth < 8 ? greys(depth) : undefined)
  if (!palette) return { width, height, channels: png.channels, data: png.data }
  return { width, height, channels: palette[0]!.length, data: convertIndexedToRgb({ ...png, palette }) }
}

/** Pixels of less than a byte are looked up as if in a palette, one entry a level. */
function greys(depth: number): number[][] {
  const strongest = 2 ** depth - 1
  return Array.from({ length: strongest + 1 }, (_, level) => Array<number>(3).fill((255 * level) / strongest))
}
