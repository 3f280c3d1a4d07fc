import * as tf from '@tensorflow/tfjs-core'

/** `image` with a border of `value`; a new tensor even without a border. */
export function padImage(image: tf.Tensor, border: number, value: number): tf.Tensor {
  if (border === 0) return image.clone()
  return tf.pad(image, [[0, 0], [border, border], [border, border], [0, 0]], value) // prettier-ignore
}

/** The gradient of `padImage`: what belongs to the image itself. */
export function cropImage(padded: tf.Tensor, border: number): tf.Tensor {
  if (border === 0) return padded.clone()
  const [count, height, width, channels] = padded.shape as [number, number, number, number]
  return tf.slice(padded, [0, border, border, 0], [count, height - 2 * border, width - 2 * border, channels])
}
