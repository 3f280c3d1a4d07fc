import * as tf from '@tensorflow/tfjs-core'
import { buildNetwork, type Network } from '#electron/engine/network.ts'
import type { Operations } from '#electron/engine/operations/operation.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { isBinary, type PackedNetwork, type TrainedTensors } from '#electron/native/plan/network.ts'
import { buildPlan } from '#electron/native/plan/runner.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'

export interface Evaluated {
  /** What enters each sign and each layer with binary weights, by the layer's id, for all images. */
  readonly entering: ReadonlyMap<string, Float32Array>
  readonly scores: Float32Array
}

/** A network on tensors, layer by layer: nothing is fused. */
export function networkOn(spec: NetworkSpec, operations: Operations, tensors: TrainedTensors | null): Network {
  const network = buildNetwork(analyseNetwork(spec), {
    operations: { ...operations, fused: null },
    random: seedStreams(1),
  })
  for (const { name, variable } of tensors ? network.variables : [])
    tf.tidy(() => variable.assign(tf.tensor(tensors!.get(name)!, variable.shape)))
  return network
}

export function evaluateFloats(network: Network, { input, layers }: NetworkSpec, images: Float32Array): Evaluated {
  const deciding = new Set(
    layers.filter((layer) => isBinary(layer) || layer.type === 'QActivation').map(({ id }) => id),
  )
  const entering = new Map<string, Float32Array>()
  const { height, width, channels } = input
  let signal: tf.Tensor = tf.tensor4d(images, [images.length / (height * width * channels), height, width, channels])
  for (const layer of network.layers) {
    if (deciding.has(layer.id)) entering.set(layer.id, signal.dataSync() as Float32Array)
    const entered = signal
    const output = tf.tidy(() => layer.evaluate(entered))
    signal.dispose()
    signal = output
  }
  const scores = signal.dataSync() as Float32Array
  signal.dispose()
  return { entering, scores }
}

/** What enters is +1 and -1; a binary layer that the plan computes on floats is not among them. */
export function evaluatePlan(network: PackedNetwork, images: Float32Array): Evaluated {
  const stages = compileNetwork(network)
  const { height, width, channels } = stages.input
  const count = images.length / (height * width * channels)
  const plan = buildPlan(stages, loadKernels()!)
  const scores = new Float32Array(count * stages.outputs)
  plan.run(count, images, scores)

  const entering = new Map<string, Float32Array>()
  let stage = 0
  for (const [index, { kind, ...rest }] of stages.stages.entries()) {
    if (kind === 'binary convolution' && 'filters' in rest) {
      const [id] = [...network.layers].find(([, { filters }]) => filters === rest.filters)!
      const { height: rows, width: columns, inChannels } = rest.geometry
      const bits = new Float32Array(count * rows * columns * inChannels)
      plan.runTo(stage - 1, count, images, bits)
      entering.set(id, bits)
    }
    // A comparison belongs to its convolution.
    if (!('geometry' in rest && stages.stages[index + 1]?.kind === 'comparison')) stage++
  }
  return { entering, scores }
}
