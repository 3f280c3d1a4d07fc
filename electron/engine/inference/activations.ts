import * as tf from '@tensorflow/tfjs-core'
import type { LayerActivation } from '#shared/contract/activations.ts'
import { MOST_ACTIVATIONS } from '#shared/contract/activations.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import { analyseShortcut } from '#shared/model/layers/residual.ts'
import type { Signal } from '#shared/model/signal.ts'
import { isBlock } from '#shared/model/tree.ts'
import type { Backend } from '../backends/backend.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { TrainedNetwork } from '../trained-network.ts'
import { loadNetwork } from './network.ts'

/**
 * What leaves each layer of a trained network for one image, as floats compute it: nothing is fused, so that every layer
 * can be looked at. What a block holds comes before the block: its stack, then its shortcut.
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
    const places = new Map(placesIn(analyseNetwork(trained.spec).layers).map((place) => [place.id, place]))
    const activations: LayerActivation[] = []
    tf.tidy(() => {
      const image = tf.tensor4d(scalePixels(pixels), [1, height, width, channels])
      network.evaluate(image, ({ id }, output) => {
        activations.push(describe(places.get(id)!, output.dataSync() as Float32Array))
      })
    })
    return activations
  } finally {
    network.dispose()
  }
}

/** A layer, where it stands, and what leaves it. */
interface Place extends Pick<LayerActivation, 'id' | 'type' | 'block' | 'isShortcut'> {
  readonly output: Signal
}

function placesIn(layers: readonly LayerAnalysis[], block: string | null = null): Place[] {
  return layers.flatMap(({ layer, input, output, inside }) => {
    const { id, type } = layer
    const own = { id, type, block, isShortcut: false, output }
    if (!isBlock(layer)) return [own]
    const shortcut = analyseShortcut(layer, input, inside).map(({ layer: part, output: leaving }) => {
      return { id: part.id, type: part.type, block: id, isShortcut: true, output: leaving }
    })
    return [...placesIn(inside, id), ...shortcut, own]
  })
}

function describe({ id, type, block, isShortcut, output }: Place, values: Float32Array): LayerActivation {
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
    block,
    isShortcut,
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
