import * as tf from '@tensorflow/tfjs-core'
import type { Differentiable, Sides } from './operation.ts'

export const everySide = (border: number): Sides => ({ top: border, bottom: border, left: border, right: border })
const isNone = ({ top, bottom, left, right }: Sides) => top + bottom + left + right === 0

/** `image` with `value` around it; a new tensor even without a border. */
function padSides(image: tf.Tensor, sides: Sides, value: number): tf.Tensor {
  if (isNone(sides)) return image.clone()
  const { top, bottom, left, right } = sides
  return tf.pad(image, [[0, 0], [top, bottom], [left, right], [0, 0]], value) // prettier-ignore
}

/** The gradient of `padSides`: what belongs to the image itself. */
function cropSides(padded: tf.Tensor, sides: Sides): tf.Tensor {
  if (isNone(sides)) return padded.clone()
  const { top, bottom, left, right } = sides
  const [count, height, width, channels] = padded.shape as [number, number, number, number]
  return tf.slice(padded, [0, top, left, 0], [count, height - top - bottom, width - left - right, channels])
}

/** Pixels of `value` around images, and the way back. */
export function padding(image: tf.Tensor, sides: Sides, value: number): Differentiable<tf.Tensor> {
  return { output: padSides(image, sides, value), gradient: (upstream) => cropSides(upstream, sides) }
}

/** `image` with a border of `value`; a new tensor even without a border. */
export function padImage(image: tf.Tensor, border: number, value: number): tf.Tensor {
  return padSides(image, everySide(border), value)
}

/** The gradient of `padImage`: what belongs to the image itself. */
export function cropImage(padded: tf.Tensor, border: number): tf.Tensor {
  return cropSides(padded, everySide(border))
}
