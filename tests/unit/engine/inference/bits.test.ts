import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import { scalePixels } from '#electron/engine/datasets/batch.ts'
import { loadDataset } from '#electron/engine/datasets/registry.ts'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { loadKernels } from '#electron/native/index.ts'
import { packNetwork, type TrainedTensors } from '#electron/native/plan/network.ts'
import { everyComputing } from '#electron/native/plan/walk.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { images, preset, randomTensors, specOf } from '../../native/plan/networks.ts'
import { anyNetwork, anyResidualNetwork, type AnyNetwork } from '../../native/plan/any-network.ts'
import { describeOnEveryBackend, native, tensorflow, useBackend } from '../support.ts'
import { evaluateFloats, evaluatePlan, networkOn, settleAs, type Evaluated } from './signals.ts'

/** The values whose sign is not the plan's bit, and how many bits were compared. */
function compareBits(floats: Evaluated, plan: Evaluated) {
  let compared = 0
  const different: { layer: string; value: number }[] = []
  for (const [layer, bits] of plan.entering) {
    const values = floats.entering.get(layer)!
    expect(values.length, layer).toBe(bits.length)
    for (let index = 0; index < bits.length; index++)
      if (values[index]! >= 0 !== bits[index]! > 0) different.push({ layer, value: values[index]! })
    compared += bits.length
  }
  return { compared, different }
}

/** To the bit on typed arrays; TensorFlow sums dense layers and the mean of an image in another order. */
function expectSameScores(floats: Evaluated, plan: Evaluated, backend: Backend): void {
  if (backend.name === 'native')
    expect(floats.scores.findIndex((score, index) => score !== plan.scores[index])).toBe(-1)
  const largest = floats.scores.reduce((most, score) => Math.max(most, Math.abs(score)), 1)
  for (const [index, score] of floats.scores.entries())
    expect(Math.abs(plan.scores[index]! - score)).toBeLessThanOrEqual(2e-5 * largest)
}

const answersOf = ({ scores }: Evaluated, classes: number) =>
  Array.from({ length: scores.length / classes }, (_, image) => {
    const own = scores.subarray(image * classes, (image + 1) * classes)
    return own.indexOf(Math.max(...own))
  })

const digits = async (count: number) => scalePixels((await loadDataset('mnist')).test.pixels.subarray(0, 784 * count))

/**
 * The preset with random weights and the statistics of real digits, as a training leaves them. Some channels fall, some
 * are constant.
 */
async function settled(spec: NetworkSpec, backend: Backend): Promise<Map<string, Float32Array>> {
  const { network } = networkOn(spec, backend.operations, null)
  const batch = await digits(100)
  for (let pass = 0; pass < 3; pass++) tf.tidy(() => void network.train(tf.tensor4d(batch, [100, 28, 28, 1])))
  const tensors = new Map(network.variables.map(({ name, variable }) => [name, variable.dataSync() as Float32Array]))
  network.dispose()
  for (const { layer } of everyComputing(analyseNetwork(spec).layers)) {
    const { id, type } = layer
    if (type !== 'BatchNorm') continue
    const change = (value: number, channel: number) => (channel % 7 === 0 ? 0 : channel % 3 === 0 ? -value : value)
    tensors.set(`${id}.weight`, tensors.get(`${id}.weight`)!.map(change))
    tensors.set(
      `${id}.bias`,
      tensors.get(`${id}.bias`)!.map((_, channel) => (channel % 5) / 50 - 0.04),
    )
  }
  return tensors
}

/** A mean of four saturated tanh is 0 in the plan and -2e-8 in TensorFlow, and its sign is taken. */
const nearZero: AnyNetwork = {
  spec: specOf({ height: 5, width: 5, channels: 1 }, [
    ['Conv2d', { outChannels: 70, kernelSize: 3, padding: 1 }],
    [
      'Residual',
      {},
      [
        ['Conv2d', { outChannels: 70, kernelSize: 3, padding: 1, bias: false }],
        ['Tanh'],
        ['AvgPool2d', { kernelSize: 3, stride: 1, padding: 1 }],
        ['QActivation'],
      ],
    ],
    ['Flatten'],
    ['Linear', { outFeatures: 10 }],
  ]),
  seed: 1,
}

/** What the plan takes signs of, to the bit: TensorFlow's tanh and means are rounded otherwise. */
async function signedOnNative(spec: NetworkSpec, tensors: TrainedTensors, batch: Float32Array) {
  await useBackend(native)
  const network = networkOn(spec, native.operations, tensors)
  evaluateFloats(network, spec, batch)
  network.network.dispose()
  return network.signed
}

/** Three million bits; that all 10,000 agree is not for every test run. */
const DIGITS = 300

const noKernels = loadKernels() === null

describe.skipIf(noKernels)('the plan and the float evaluation on our kernels have the same numbers', () => {
  describeOnEveryBackend('bit by bit', (backend) => {
    it(`for ${DIGITS} digits through lenet-binary: every bit, every answer`, async () => {
      const spec = preset('lenet-binary')
      const tensors = await settled(spec, backend)
      const network = networkOn(spec, backend.operations, tensors)
      const [batch, packed] = [await digits(DIGITS), packNetwork(spec, tensors)]
      const [floats, plan] = [evaluateFloats(network, spec, batch), evaluatePlan(packed, batch)]
      network.network.dispose()
      expect(compareBits(floats, plan)).toEqual({ compared: DIGITS * (12 * 12 * 64 + 4 * 4 * 64), different: [] })
      expectSameScores(floats, plan, backend)
      expect(answersOf(plan, 10)).toEqual(answersOf(floats, 10))
    }, 60_000)

    it('for 30 digits through fashion-residual: every bit, every answer', async () => {
      const spec = preset('fashion-residual')
      const tensors = await settled(spec, backend)
      const network = networkOn(spec, backend.operations, tensors)
      const [batch, packed] = [await digits(30), packNetwork(spec, tensors)]
      const [floats, plan] = [evaluateFloats(network, spec, batch), evaluatePlan(packed, batch)]
      network.network.dispose()
      const bits = 14 * 14 * 48 * 3 + 7 * 7 * 96 * 2
      expect(compareBits(floats, plan)).toEqual({ compared: 30 * bits, different: [] })
      expectSameScores(floats, plan, backend)
      expect(answersOf(plan, 10)).toEqual(answersOf(floats, 10))
    }, 60_000)

    it('for 100 digits through lenet-full-precision: every answer', async () => {
      const spec = preset('lenet-full-precision')
      const tensors = await settled(spec, backend)
      const network = networkOn(spec, backend.operations, tensors)
      const batch = await digits(100)
      const [floats, plan] = [evaluateFloats(network, spec, batch), evaluatePlan(packNetwork(spec, tensors), batch)]
      network.network.dispose()
      expectSameScores(floats, plan, backend)
      expect(answersOf(plan, 10)).toEqual(answersOf(floats, 10))
    }, 60_000)
  })
})

describe.skipIf(noKernels)('any network of layers that the plan knows', () => {
  describeOnEveryBackend('computed by both', (backend) => {
    test.prop([fc.oneof(anyNetwork, anyResidualNetwork)], { numRuns: 60, examples: [[nearZero]] })(
      'has the same bits and scores',
      async ({ spec, seed }) => {
        const tensors = randomTensors(spec, seed)
        const batch = images(spec, 3)
        const settle = backend === native ? undefined : settleAs(await signedOnNative(spec, tensors, batch))
        await useBackend(backend)
        const network = networkOn(spec, backend.operations, tensors, settle)
        const [floats, plan] = [evaluateFloats(network, spec, batch), evaluatePlan(packNetwork(spec, tensors), batch)]
        network.network.dispose()
        expect(compareBits(floats, plan).different).toEqual([])
        expectSameScores(floats, plan, backend)
      },
      30_000,
    )
  })
})

describe.skipIf(noKernels || !tensorflow)('the plan and TensorFlow’s own operations', () => {
  beforeAll(() => useBackend(tensorflow!))

  it('differ in bits only where the value is within rounding of zero', async () => {
    const spec = preset('lenet-binary')
    const tensors = await settled(spec, tensorflow!)
    const network = networkOn(spec, referenceOperations, tensors)
    const batch = await digits(100)
    const [floats, plan] = [evaluateFloats(network, spec, batch), evaluatePlan(packNetwork(spec, tensors), batch)]
    network.network.dispose()
    // Further on, sums of bits that differ are different sums.
    const entering = new Map([['conv2', plan.entering.get('conv2')!]])
    const { compared, different: ties } = compareBits(floats, { ...plan, entering })
    expect(compared).toBe(100 * 12 * 12 * 64)
    expect(ties.length).toBeLessThan(100)
    for (const { value } of ties) expect(Math.abs(value)).toBeLessThan(2e-6)
  }, 60_000)
})
