import * as tf from '@tensorflow/tfjs-core'
import { buildNetwork, type Network } from '#electron/engine/network.ts'
import type { Operations } from '#electron/engine/operations/operation.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import type { PackedNetwork, TrainedTensors } from '#electron/native/plan/network.ts'
import { buildPlan } from '#electron/native/plan/runner.ts'
import { kernelStages } from '#electron/native/plan/stages.ts'
import { everyComputing } from '#electron/native/plan/walk.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'

export interface Evaluated {
  /** What enters the layers that multiply, before its sign is taken, by the layer's id, at any depth, for all images. */
  readonly entering: ReadonlyMap<string, Float32Array>
  readonly scores: Float32Array
}

export interface NetworkOnTensors {
  readonly network: Network
  /** What entered each multiplication, in the order of the last passes. */
  readonly entered: Float32Array[]
  /** The values of which each sign was taken, in the order of all passes. */
  readonly signed: Float32Array[]
}

/**
 * A network on tensors, layer by layer: nothing is fused. What enters a multiplication is looked at on the way.
 *
 * @param settle - Of the values before the sign that is the `index`-th, those whose sign is to be taken.
 */
export function networkOn(
  spec: NetworkSpec,
  operations: Operations,
  tensors: TrainedTensors | null,
  settle = (values: Float32Array, _index: number) => values,
): NetworkOnTensors {
  const entered: Float32Array[] = []
  const signed: Float32Array[] = []
  // What was binarised last, and what it was before: that tells how near to zero it was.
  let decided: { readonly signs: tf.Tensor; readonly values: Float32Array } | null = null
  const remember = (input: tf.Tensor) =>
    entered.push(decided?.signs === input ? decided.values : (input.dataSync() as Float32Array))
  const network = buildNetwork(analyseNetwork(spec), {
    operations: {
      ...operations,
      binarize(input, threshold) {
        const values = settle(input.dataSync() as Float32Array, signed.length)
        const result = operations.binarize(tf.tensor(values, input.shape), threshold)
        signed.push(values)
        decided = { signs: result.output, values }
        return result
      },
      convolution(input, ...rest) {
        remember(input)
        return operations.convolution(input, ...rest)
      },
      binaryConvolution(input, ...rest) {
        remember(input)
        return operations.binaryConvolution(input, ...rest)
      },
      dense(input, ...rest) {
        remember(input)
        return operations.dense(input, ...rest)
      },
      binaryDense(input, ...rest) {
        remember(input)
        return operations.binaryDense(input, ...rest)
      },
      fused: null,
    },
    random: seedStreams(1),
  })
  for (const { name, variable } of tensors ? network.variables : [])
    tf.tidy(() => variable.assign(tf.tensor(tensors!.get(name)!, variable.shape)))
  return { network, entered, signed }
}

/** Of values on a backend that rounds otherwise than `reference`, by the largest of them. */
const ROUNDING = 2e-6

/**
 * Settles the signs on which two backends may differ: a sum that is zero on one can be a hair less on the other, and
 * what follows are then different numbers. A value is taken from `reference` where its sign is another there.
 *
 * @throws Error where that value is further from zero than rounding explains.
 */
export function settleAs(reference: readonly Float32Array[]) {
  return (values: Float32Array, index: number): Float32Array => {
    const expected = reference[index]!
    const bound = ROUNDING * expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
    return values.map((value, place) => {
      const other = expected[place]!
      if (value >= 0 === other >= 0) return value
      if (Math.abs(other) <= bound && Math.abs(value) <= bound) return other
      throw new Error(`Sign ${index} is of ${value} at ${place}, but of ${other} on the other backend`)
    })
  }
}

export function evaluateFloats(
  { network, entered }: NetworkOnTensors,
  spec: NetworkSpec,
  images: Float32Array,
): Evaluated {
  const { height, width, channels } = spec.input
  const count = images.length / (height * width * channels)
  entered.length = 0
  const scores = tf.tidy(() => network.evaluate(tf.tensor4d(images, [count, height, width, channels])).dataSync())
  const ids = [...everyComputing(analyseNetwork(spec).layers)]
    .filter(({ layer }) => 'outChannels' in layer || 'outFeatures' in layer)
    .map(({ layer }) => layer.id)
  if (ids.length !== entered.length) throw new Error(`${ids.length} layers multiply, but ${entered.length} were seen`)
  return { entering: new Map(ids.map((id, index) => [id, entered[index]!])), scores: scores as Float32Array }
}

/** What enters is +1 and -1; a layer that the plan computes on floats is not among them. */
export function evaluatePlan(network: PackedNetwork, images: Float32Array): Evaluated {
  const stages = compileNetwork(network)
  const { height, width, channels } = stages.input
  const count = images.length / (height * width * channels)
  const plan = buildPlan(stages, loadKernels()!)
  const scores = new Float32Array(count * stages.outputs)
  plan.run(count, images, scores)

  const entering = new Map<string, Float32Array>()
  const places = kernelStages(stages.stages)
  for (const [index, stage] of stages.stages.entries()) {
    if (stage.kind !== 'binary convolution') continue
    const [id] = [...network.layers].find(([, { filters }]) => filters === stage.filters)!
    const { height: rows, width: columns, inChannels } = stage.geometry
    const bits = new Float32Array(count * rows * columns * inChannels)
    plan.runTo(places[index]! - 1, count, images, bits)
    entering.set(id, bits)
  }
  return { entering, scores }
}
