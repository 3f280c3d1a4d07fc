import * as tf from '@tensorflow/tfjs-core'
import { requireSound } from '#shared/model/parse.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { buildLayers } from '../layers/fuse.ts'
import { Network } from '../network.ts'
import { signOf } from '../operations/binarize.ts'
import type { Operations } from '../operations/operation.ts'
import type { TrainedNetwork } from '../trained-network.ts'
import { seedStreams } from '../random.ts'
import { readWeights } from '../training/checkpoint/read.ts'
import { restoreVariables } from '../training/checkpoint/tensors.ts'
import { Parts, type Contender } from './turns.ts'

/** A network that multiplies floats in every layer, binary ones included. Own it: disposing frees its variables. */
export interface FloatNetwork extends Disposable {
  /** The names of its parts, in order. */
  readonly layerIds: readonly string[]
  /** Values by name, as a checkpoint stores them. */
  tensors(): Map<string, Float32Array>
  /** Pixels in, class scores out. */
  contender(images: Float32Array, count: number): Contender
}

/**
 * @param trained whose weights to use; null for freshly initialised ones.
 * @throws SignumError `invalid_shape`, or `checkpoint_damaged`.
 */
export async function floatNetwork(
  spec: NetworkSpec,
  trained: TrainedNetwork | null,
  operations: Operations,
): Promise<FloatNetwork> {
  const analysis = requireSound(analyseNetwork(spec))
  const weights = trained && (await readWeights(trained.checkpointFolder))
  // What the parts of the current call take.
  let parts = new Parts()
  const tools = { operations: multiplying(operations), random: seedStreams(1) }
  const layers = buildLayers(analysis.layers, tools).map((layer) => ({
    ...layer,
    evaluate: (input: tf.Tensor) => parts.time(layer.id, () => layer.evaluate(input)),
  }))
  const network = new Network(layers)
  if (weights) restoreVariables(network.variables, weights.bytes, weights.file)
  takeSigns(network)
  const { height, width, channels } = spec.input
  return {
    layerIds: layers.map(({ id }) => id),
    tensors: () => new Map(network.variables.map(({ name, variable }) => [name, variable.dataSync() as Float32Array])),
    contender: (images, count) => ({
      run(own) {
        parts = own
        tf.tidy(() => network.evaluate(tf.tensor4d(images, [count, height, width, channels])).dataSync())
      },
    }),
    [Symbol.dispose]: () => network.dispose(),
  }
}

/** Once and for all: whoever answers with floats would not find out the signs of all weights for every image. */
function takeSigns({ variables }: Network): void {
  for (const { variable, binary } of variables) {
    if (binary) tf.tidy(() => variable.assign(signOf(variable)))
  }
}

/** Operations that take a sign for the float it is: no bits anywhere. */
function multiplying(operations: Operations): Operations {
  return {
    ...operations,
    binaryConvolution: (image, signs, geometry) => operations.convolution(image, signs, null, geometry),
    binaryDense: operations.dense,
    fused: null,
  }
}
