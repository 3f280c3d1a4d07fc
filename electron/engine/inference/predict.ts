import { SignumError } from '#shared/contract/errors.ts'
import type { Answer } from '#shared/contract/methods.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { Answerer } from './answerer.ts'

/**
 * One image's class probabilities.
 *
 * @param pixels one byte a pixel and channel, 0 paper, 255 ink.
 * @throws SignumError `invalid_image` when the network reads images of another size.
 */
export function predict(answerer: Answerer, pixels: Uint8Array): Omit<Answer, 'runId'> {
  const { height, width, channels } = answerer.input
  if (pixels.length !== height * width * channels) {
    throw new SignumError(
      'invalid_image',
      `The image has ${pixels.length} values, but the network reads ${height}×${width}×${channels}. Draw for a network of the same size.`,
    )
  }
  const image = scalePixels(pixels)
  const start = performance.now()
  const scores = answerer.scores(image)
  const microseconds = (performance.now() - start) * 1000
  return { probabilities: softmax(scores), microseconds }
}

/** In double precision and from the largest score down, so that the sum is 1 and nothing overflows. */
function softmax(scores: ArrayLike<number>): number[] {
  const largest = Math.max(...Array.from(scores))
  const powers = Array.from(scores, (score) => Math.exp(score - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
