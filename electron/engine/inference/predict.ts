import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import type { Answer } from '#shared/contract/methods.ts'
import type { PackedRunner } from '#electron/native/plan/runner.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { Network } from '../network.ts'
import type { TrainedNetwork } from '../protocol.ts'

/**
 * One image's class probabilities.
 *
 * @param pixels one byte a pixel and channel, 0 paper, 255 ink.
 * @throws SignumError `invalid_image` when the network reads images of another size.
 */
export function predict(network: Network, trained: TrainedNetwork, pixels: Uint8Array): Answer {
  const { height, width, channels } = trained.spec.input
  const image = imageFor(trained, pixels)
  return tf.tidy(() => {
    const tensor = tf.tensor4d(image, [1, height, width, channels])
    return timed(trained, () => network.evaluate(tensor).dataSync())
  })
}

/** The same on packed bits. */
export function predictPacked(runner: PackedRunner, trained: TrainedNetwork, pixels: Uint8Array): Answer {
  const image = imageFor(trained, pixels)
  return timed(trained, () => runner.run(image, 1))
}

function imageFor({ spec: { input } }: TrainedNetwork, pixels: Uint8Array): Float32Array {
  const { height, width, channels } = input
  if (pixels.length === height * width * channels) return scalePixels(pixels)
  throw new SignumError(
    'invalid_image',
    `The image has ${pixels.length} values, but the network reads ${height}×${width}×${channels}. Draw for a network of the same size.`,
  )
}

function timed({ runId }: TrainedNetwork, answer: () => ArrayLike<number>): Answer {
  const start = performance.now()
  const scores = answer()
  const microseconds = (performance.now() - start) * 1000
  return { runId, probabilities: softmax(scores), microseconds }
}

/** In double precision and from the largest score down, so that the sum is 1 and nothing overflows. */
function softmax(scores: ArrayLike<number>): number[] {
  const largest = Math.max(...Array.from(scores))
  const powers = Array.from(scores, (score) => Math.exp(score - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
