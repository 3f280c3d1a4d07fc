/** A rectangle of pixels: `left` and `top` included, `width` and `height` at least 1. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The tightest rectangle that holds every pixel above zero, or `null` when there is none. */
export function inkBounds(ink: ArrayLike<number>, width: number, height: number): Bounds | null {
  let left = width
  let right = -1
  let top = height
  let bottom = -1
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      if (!(ink[row + x]! > 0)) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 }
}
