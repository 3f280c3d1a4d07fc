import type { Tensor } from '@tensorflow/tfjs-core'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations, Sides } from '../operation.ts'

type Shape = [number, number, number, number]

/** Copies whole rows of pixels; TF.js's JavaScript kernels look up the place of every value (a hundred times slower). */
export function nativePadding(storage: TypedArrayBackend): Operations['padding'] {
  const floats = storage.floats.bind(storage)
  return (image, sides, value) => {
    const [count, height, width, channels] = image.shape as Shape
    const larger = [count, height + sides.top + sides.bottom, width + sides.left + sides.right, channels]
    const { tensor, values } = storage.create(larger)
    values.fill(value)
    eachRow(image, sides, (inner, outer, length) => {
      values.set(floats(image).subarray(inner, inner + length), outer)
    })
    return {
      output: tensor,
      gradient(upstream) {
        const made = storage.create(image.shape)
        eachRow(image, sides, (inner, outer, length) => {
          made.values.set(floats(upstream).subarray(outer, outer + length), inner)
        })
        return made.tensor
      },
    }
  }
}

/** Calls `visit` with where each row of an image begins in it and in the padded one, and how many values it has. */
function eachRow(
  { shape }: Tensor,
  { top, bottom, left, right }: Sides,
  visit: (inner: number, outer: number, length: number) => void,
): void {
  const [count, height, width, channels] = shape as Shape
  const [length, outerLength] = [width * channels, (width + left + right) * channels]
  for (let n = 0; n < count; n++)
    for (let y = 0; y < height; y++) {
      const outerRow = n * (height + top + bottom) + y + top
      visit((n * height + y) * length, outerRow * outerLength + left * channels, length)
    }
}
