import type { Bounds } from './bounds.ts'

/**
 * Shrinks or enlarges a square part of an image to `target`×`target` by area: every output pixel is the mean of the
 * source area beneath it, split pixels counted by their share. What lies outside the image counts as 0.
 *
 * QMNIST doubles small squares before this step; with whole-pixel footprints, as here, doubling changes nothing
 * (https://github.com/facebookresearch/qmnist, making_qmnist/xnist.lsh, `fim-resample-twenty`).
 *
 * @param square the part to take; may reach beyond the image. `width` equals `height`.
 * @returns `target * target` means, row by row.
 */
export function resampleSquare(
  image: ArrayLike<number>,
  width: number,
  height: number,
  square: Bounds,
  target: number,
): Float64Array {
  const share = target / square.width
  const output = new Float64Array(target * target)
  const row = new Float64Array(target)
  const firstX = Math.max(0, square.left)
  const lastX = Math.min(width, square.left + square.width)
  const firstY = Math.max(0, square.top)
  const lastY = Math.min(height, square.top + square.height)
  for (let y = firstY; y < lastY; y++) {
    row.fill(0)
    for (let x = firstX; x < lastX; x++) {
      const value = image[y * width + x]!
      if (value > 0) spread(x - square.left, share, (cell, part) => (row[cell]! += value * part))
    }
    spread(y - square.top, share, (cell, part) => {
      for (let x = 0; x < target; x++) output[cell * target + x]! += row[x]! * part
    })
  }
  return output
}

/** Splits source pixel `index` over the target cells it falls on; the parts sum to `share`. */
function spread(index: number, share: number, add: (cell: number, part: number) => void): void {
  const start = index * share
  const end = start + share
  // A pixel that ends on a cell's edge, up to rounding, does not reach into the next cell.
  const last = Math.ceil(end - 1e-9) - 1
  for (let cell = Math.floor(start + 1e-9); cell <= last; cell++) {
    add(cell, Math.min(end, cell + 1) - Math.max(start, cell))
  }
}
