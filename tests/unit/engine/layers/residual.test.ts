import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { buildNetwork, type Network } from '#electron/engine/network.ts'
import type { Operations } from '#electron/engine/operations/operation.ts'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { describeOnEveryBackend, expectClose, type Stored } from '../support.ts'

const IMAGES = 3

function build(operations: Operations, layers: readonly object[]): Network {
  const spec = { schema: 1, name: 'net', input: { height: 6, width: 6, channels: 2 }, layers }
  const analysis = analyseNetwork(parseNetworkSpec(spec))
  expect(analysis.problems.map(({ message }) => message)).toEqual([])
  return buildNetwork(analysis, { operations, random: seedStreams(5) })
}

function images(): tf.Tensor {
  const random = new RandomStream([1, 2, 3, 4])
  return tf.tensor4d(
    Float32Array.from({ length: IMAGES * 72 }, () => random.normal()),
    [IMAGES, 6, 6, 2],
  )
}

const conv = (id: string, values: object = {}) => ({
  id,
  type: 'Conv2d',
  outChannels: 4,
  kernelSize: 3,
  padding: 1,
  ...values,
})
const end = [
  { id: 'flatten', type: 'Flatten' },
  { id: 'linear', type: 'Linear', outFeatures: 3 },
]
const block = (values: object, ...layers: object[]) => ({ id: 'block', type: 'Residual', layers, ...values })

/** Smooth all through, so that finite differences are meaningful. */
const NETWORKS: Record<string, readonly object[]> = {
  'identity around two convolutions': [
    conv('stem'),
    block({}, conv('a'), { id: 'tanh', type: 'Tanh' }, conv('b')),
    ...end,
  ],
  'pooling, 1×1 convolution and BatchNorm around a stride': [
    conv('stem'),
    block({ shortcut: 'conv', shortcutStride: 2 }, conv('a', { outChannels: 6, stride: 2 })),
    ...end,
  ],
  'a striding 1×1 convolution with bias': [
    conv('stem'),
    block(
      { shortcut: 'conv', shortcutStride: 2, shortcutPooling: false, shortcutBatchNorm: false },
      conv('a', { stride: 2 }),
    ),
    ...end,
  ],
  'channels side by side': [conv('stem'), block({ combine: 'concat' }, conv('a', { outChannels: 3 })), ...end],
  'a block in a block': [
    conv('stem'),
    block({}, conv('a'), { ...block({}, { id: 'tanh', type: 'Tanh' }, conv('b')), id: 'inner' }),
    ...end,
  ],
  'a block that reads the images': [block({ shortcut: 'conv' }, conv('a'), { id: 'tanh', type: 'Tanh' }), ...end],
  'an identity block on the images with nothing to train before its convolution': [
    block({}, { id: 'tanh', type: 'Tanh' }, conv('a', { outChannels: 2 })),
    ...end,
  ],
  'an empty block with a 1×1 shortcut': [conv('stem'), block({ shortcut: 'conv' }), ...end],
  'an empty block': [conv('stem'), block({}), ...end],
}

/** The loss is a fixed weighted sum of the outputs. */
const weights = () => tf.tensor2d([0.3, -1, 0.7, 1.1, 0.2, -0.4, -0.9, 0.5, 1.3], [IMAGES, 3])

const lossOf = (network: Network) =>
  tf.tidy(() => tf.sum(tf.mul(network.train(images()).logits, weights())).dataSync()[0]!)

function gradientsOf(network: Network): Map<string, Stored> {
  const found = new Map<string, Stored>()
  tf.tidy(() => {
    const gradients = network.train(images()).backward(weights())
    for (const [{ name }, gradient] of gradients) {
      found.set(name, { shape: gradient.shape, values: [...gradient.dataSync()] })
    }
  })
  return found
}

describeOnEveryBackend('a residual block', ({ operations }) => {
  it.each(Object.entries(NETWORKS))('%s: gradients are those of finite differences', (_name, layers) => {
    const network = build(operations, layers)
    const gradients = gradientsOf(network)
    const trainable = network.variables.filter((variable) => variable.trainable)
    expect([...gradients.keys()].toSorted()).toEqual(trainable.map(({ name }) => name).toSorted())
    for (const { name, variable } of trainable) {
      const values = Float32Array.from(variable.dataSync())
      const index = Math.floor(values.length / 2)
      const at = (shift: number) => {
        const moved = Float32Array.from(values)
        moved[index]! += shift
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)))
        return lossOf(network)
      }
      const difference = (at(0.01) - at(-0.01)) / 0.02
      at(0)
      const gradient = gradients.get(name)!.values[index]!
      expect(Math.abs(gradient - difference), `${name}: ${gradient}, not ${difference}`).toBeLessThan(
        0.01 * Math.max(1, Math.abs(difference)),
      )
    }
    network.dispose()
  })

  it('frees on the way back, and in evaluation, what lies between its layers', () => {
    const left = [1, 5].map((count) => {
      const between = Array.from({ length: count }, (_, index) => ({ id: `tanh${index}`, type: 'Tanh' }))
      const network = build(operations, [conv('stem'), block({}, ...between), ...end])
      const [input, upstream] = [images(), weights()]
      const counts = tf.tidy(() => {
        network.train(input).backward(upstream)
        const trained = tf.memory().numTensors
        network.evaluate(input)
        return [trained, tf.memory().numTensors].map((tensors) => tensors - network.variables.length)
      })
      input.dispose()
      upstream.dispose()
      network.dispose()
      return counts
    })
    expect(left[1]).toEqual(left[0])
  })
})

describeOnEveryBackend('a binary residual block in fused layers', ({ operations }) => {
  const layers = [
    conv('stem'),
    { id: 'norm0', type: 'BatchNorm' },
    block(
      { shortcut: 'conv', shortcutStride: 2 },
      { id: 'bin', type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1, stride: 2 },
      { id: 'norm1', type: 'BatchNorm' },
      { id: 'tanh1', type: 'Tanh' },
    ),
    ...end,
  ]

  it.skipIf(!operations.fused)('has the variables, scores and gradients of the plain one', () => {
    const [fused, plain] = [build(operations, layers), build(referenceOperations, layers)]
    const names = plain.variables.map(({ name }) => name)
    expect(fused.variables.map(({ name }) => name)).toEqual(names)
    expect(names.filter((name) => name.startsWith('block'))).toEqual([
      'block.shortcut.conv.weight',
      'block.shortcut.norm.weight',
      'block.shortcut.norm.bias',
      'block.shortcut.norm.running_mean',
      'block.shortcut.norm.running_var',
    ])
    const expected = gradientsOf(plain)
    tf.tidy(() => {
      for (const [name, gradient] of gradientsOf(fused)) {
        expectClose(tf.tensor(gradient.values, gradient.shape), expected.get(name)!, 1e-4)
      }
      const score = plain.evaluate(images())
      expectClose(fused.evaluate(images()), { shape: score.shape, values: [...score.dataSync()] }, 1e-4)
    })
    fused.dispose()
    plain.dispose()
  })
})
