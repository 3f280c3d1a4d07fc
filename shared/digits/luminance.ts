import { SignumError } from '../contract/errors.ts'

/** A decoded picture, row by row, channels interleaved: grey, grey + alpha, RGB or RGBA. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array
}

/**
 * Brightness of every pixel, 0 black to 1 white (ITU-R BT.601 weights), transparent parts laid over `ground`.
 *
 * @throws SignumError `invalid_image` when the picture's numbers do not fit together.
 */
export function luminance(picture: Picture, ground = 1): Float32Array {
  const { width, height, channels, data } = picture
  requirePicture(picture)
  const full = data instanceof Uint16Array ? 65_535 : 255
  const hasColour = channels >= 3
  const hasAlpha = hasTransparency(picture)
  const output = new Float32Array(width * height)
  for (let pixel = 0; pixel < output.length; pixel++) {
    const at = pixel * channels
    const grey = hasColour ? 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! : data[at]!
    const alpha = hasAlpha ? data[at + channels - 1]! / full : 1
    output[pixel] = (grey / full) * alpha + ground * (1 - alpha)
  }
  return output
}

/** Whether the picture has an alpha channel. */
export function hasTransparency({ channels }: Picture): boolean {
  return channels === 2 || channels === 4
}

function requirePicture({ width, height, channels, data }: Picture): void {
  const whole = [width, height, channels].every((value) => Number.isInteger(value) && value > 0)
  if (whole && channels <= 4 && data.length === width * height * channels) return
  throw new SignumError(
    'invalid_image',
    `A picture of ${width}×${height} pixels with ${channels} channels cannot have ${data.length} values; give 1 to 4 for each pixel.`,
  )
}
