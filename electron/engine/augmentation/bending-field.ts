import type { RandomStream } from '../random.ts'

/** Pixels between the points at which displacements are drawn: how smooth the field is. */
const SPACING = 7

/** The four shares that a uniform cubic B-spline gives its neighbouring points at this place between the middle two. */
function splineShares(place: number): [number, number, number, number] {
  const rest = 1 - place
  return [
    rest ** 3 / 6,
    (3 * place ** 3 - 6 * place ** 2 + 4) / 6,
    (3 * rest ** 3 - 6 * rest ** 2 + 4) / 6,
    place ** 3 / 6,
  ]
}

/**
 * The integral of the squared cubic B-spline: what blending leaves of the variance in each direction, and so of the
 * deviation in both.
 */
const SMOOTHED_DEVIATION = 151 / 315

/**
 * A smooth random field of displacements, as elastic distortion uses (Simard et al., 2003). Theirs is noise blurred
 * with a Gaussian; this one is a cubic B-spline through noise on a coarse grid, which looks the same and costs a
 * fraction: a few random numbers an image instead of two a pixel, and no blur.
 */
export class BendingField {
  /** Displacement of every pixel, row by row, in pixels. */
  readonly right: Float32Array
  readonly down: Float32Array
  readonly #rows: Axis
  readonly #columns: Axis

  constructor(height: number, width: number) {
    this.right = new Float32Array(height * width)
    this.down = new Float32Array(height * width)
    this.#rows = new Axis(height)
    this.#columns = new Axis(width)
  }

  /** Draws a new field of this standard deviation in pixels. */
  draw(deviation: number, random: RandomStream): void {
    for (const values of [this.right, this.down]) this.#fill(values, deviation / SMOOTHED_DEVIATION, random)
  }

  #fill(values: Float32Array, deviation: number, random: RandomStream): void {
    const [rows, columns] = [this.#rows, this.#columns]
    const points = Float32Array.from({ length: rows.points * columns.points }, () => deviation * random.normal())
    // Along the columns for every row of points, then along the rows: 8 products a pixel instead of 16.
    const stretched = new Float32Array(rows.points * columns.length)
    for (let row = 0; row < rows.points; row++) {
      const line = points.subarray(row * columns.points, (row + 1) * columns.points)
      for (let column = 0; column < columns.length; column++) {
        stretched[row * columns.length + column] = columns.blend(column, line, 0, 1)
      }
    }
    for (let row = 0, place = 0; row < rows.length; row++) {
      for (let column = 0; column < columns.length; column++, place++) {
        values[place] = rows.blend(row, stretched, column, columns.length)
      }
    }
  }
}

/** The points that pixels along one side lie between, and what each of the four around a pixel counts. */
class Axis {
  readonly length: number
  readonly points: number
  readonly #shares: Float32Array

  constructor(length: number) {
    this.length = length
    this.points = Math.floor((length - 1) / SPACING) + 4
    this.#shares = Float32Array.from(
      Array.from({ length }, (_, pixel) => splineShares((pixel % SPACING) / SPACING)).flat(),
    )
  }

  /** The value at a pixel, from points that stand `stride` apart, the first of them at `from`. */
  blend(pixel: number, points: Float32Array, from: number, stride: number): number {
    const first = from + Math.floor(pixel / SPACING) * stride
    const shares = 4 * pixel
    return (
      this.#shares[shares]! * points[first]! +
      this.#shares[shares + 1]! * points[first + stride]! +
      this.#shares[shares + 2]! * points[first + 2 * stride]! +
      this.#shares[shares + 3]! * points[first + 3 * stride]!
    )
  }
}
