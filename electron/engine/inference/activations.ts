import * as tf from '@tensorflow/tfjs-core'
import type { LayerActivation } from '#shared/contract/activations.ts'
import { MOST_ACTIVATIONS } from '#shared/contract/activations.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import type { Backend } from '../backends/backend.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { TrainedNetwork } from '../trained-network.ts'
import { loadNetwork } from './network.ts'

/**
 * What leaves each layer of a trained network's own stack for one image, as floats compute it: nothing is fused, so that
 * every layer can be looked at.
 *
 * @param pixels one byte a pixel and channel, 0 paper, 255 ink.
 * @throws SignumError `invalid_image` when the network reads images of another size, and what `loadNetwork` throws.
 */
export async function activationsOf(
  trained: TrainedNetwork,
  pixels: Uint8Array,
  backend: Backend,
): Promise<LayerActivation[]> {
  const { height, width, channels } = trained.spec.input
  if (pixels.length !== height * width * channels) {
    throw new SignumError(
      'invalid_image',
      `The image has ${pixels.length} values, but the network reads ${height}×${width}×${channels}. Choose an image of that size.`,
    )
  }
  const network = await loadNetwork(trained, { ...backend, operations: { ...backend.operations, fused: null } })
  try {
    const { layers } = analyseNetwork(trained.spec)
    return tf.tidy(() => {
      let signal: tf.Tensor = tf.tensor4d(scalePixels(pixels), [1, height, width, channels])
      return network.layers.map((layer, index) => {
        signal = layer.evaluate(signal)
        return describe(layers[index]!, signal.dataSync() as Float32Array)
      })
    })
  } finally {
    network.dispose()
  }
}

function describe({ layer: { id, type }, output }: LayerAnalysis, values: Float32Array): LayerActivation {
  const { shape, bits } = output
  const side = shape.kind === 'image' ? shape : { height: 1, width: shape.count, channels: 1 }
  const { height, width, channels } = side
  const shown = Math.max(1, Math.min(channels, Math.floor(MOST_ACTIVATIONS / (height * width))))
  const some = shown === channels ? values : values.filter((_, index) => index % channels < shown)
  const [min, max] = extremesOf(some)
  const scale = max > min ? 255 / (max - min) : 0
  return {
    id,
    type,
    height,
    width,
    channels,
    shown,
    isBinary: bits === 1,
    min,
    max,
    values: Uint8Array.from(some, (value) => Math.round((value - min) * scale)),
  }
}

function extremesOf(values: Float32Array): [number, number] {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return [min, max]
}
