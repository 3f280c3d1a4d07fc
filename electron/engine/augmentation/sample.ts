import type { BendingField } from './bending-field.ts'

interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** How far an image is turned about its centre (radians) and then moved (pixels). */
export interface Placement {
  readonly angle: number
  readonly right: number
  readonly down: number
}

/**
 * Writes a moved image: every pixel is interpolated bilinearly between the four where it comes from, and what lies
 * outside is 0.
 *
 * @param source bytes, row by row of channels.
 * @param target as many values in [0, 1].
 */
export function sampleImage(
  source: Uint8Array,
  target: Float32Array,
  { height, width, channels }: ImageShape,
  { angle, right, down }: Placement,
  field: BendingField | null,
): void {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2]
  const rowStride = width * channels
  const byte = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : source[y * rowStride + x * channels + channel]!
  let place = 0
  for (let row = 0; row < height; row++) {
    const offsetY = row - middleY - down
    for (let column = 0; column < width; column++, place++) {
      const offsetX = column - middleX - right
      const x = middleX + cosine * offsetX + sine * offsetY + (field ? field.right[place]! : 0)
      const y = middleY - sine * offsetX + cosine * offsetY + (field ? field.down[place]! : 0)
      const left = Math.floor(x)
      const top = Math.floor(y)
      const shareX = x - left
      const shareY = y - top
      const isWithin = left >= 0 && top >= 0 && left < width - 1 && top < height - 1
      for (let channel = 0; channel < channels; channel++) {
        const first = top * rowStride + left * channels + channel
        // Most pixels have all their neighbours, and need not ask for each.
        const a = isWithin ? source[first]! : byte(left, top, channel)
        const b = isWithin ? source[first + channels]! : byte(left + 1, top, channel)
        const c = isWithin ? source[first + rowStride]! : byte(left, top + 1, channel)
        const d = isWithin ? source[first + rowStride + channels]! : byte(left + 1, top + 1, channel)
        const upper = a * (1 - shareX) + b * shareX
        const lower = c * (1 - shareX) + d * shareX
        target[place * channels + channel] = (upper * (1 - shareY) + lower * shareY) / 255
      }
    }
  }
}
