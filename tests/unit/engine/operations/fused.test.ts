import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Differentiable, Operations } from '#electron/engine/operations/operation.ts'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { checkLeaks, expectClose, tensorflow, useBackend } from '../support.ts'

const stored = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: [...tensor.dataSync()] })

// The reference runs on TensorFlow here as well: only the operations differ.
describe.skipIf(!tensorflow)('a fused operation of TensorFlow agrees with the reference', () => {
  beforeAll(() => useBackend(tensorflow!))
  checkLeaks()

  function compare(input: tf.Tensor, run: (operations: Operations, input: tf.Tensor) => Differentiable<tf.Tensor>) {
    const expected = run(referenceOperations, input)
    const fused = run(tensorflow!.operations, input)
    expectClose(fused.output, stored(expected.output), 1e-6)
    const upstream = tf.randomNormal(expected.output.shape, 0, 1, 'float32', 2)
    expectClose(fused.gradient(upstream), stored(expected.gradient(upstream)), 1e-5)
  }

  const images = () => tf.randomNormal([3, 7, 9, 5], 0.5, 2, 'float32', 1)
  const bits = () => tf.sign(images())

  it.each([[[3, 7, 9, 5]], [[1, 2, 1, 4]], [[6, 5]], [[2, 1]]])('batch normalisation of %o', (shape) => {
    tf.tidy(() => {
      const channels = shape.at(-1)!
      const input = tf.randomNormal(shape, 0.5, 2, 'float32', 3)
      const scale = tf.randomNormal([channels], 1, 0.5, 'float32', 4)
      const shift = tf.randomNormal([channels], 0, 0.5, 'float32', 5)
      const upstream = tf.randomNormal(shape, 0, 1, 'float32', 6)
      const expected = referenceOperations.batchNormalisation(input, scale, shift, 1e-5)
      const fused = tensorflow!.operations.batchNormalisation(input, scale, shift, 1e-5)
      expectClose(fused.output, stored(expected.output))
      expectClose(fused.mean, stored(expected.mean))
      expectClose(fused.unbiasedVariance, stored(expected.unbiasedVariance))
      const [gradient, expectedGradient] = [fused.gradient(upstream), expected.gradient(upstream)]
      expectClose(gradient.input, stored(expectedGradient.input), 1e-4)
      expectClose(gradient.scale, stored(expectedGradient.scale), 1e-4)
      expectClose(gradient.shift, stored(expectedGradient.shift), 1e-4)
      const statistics = { mean: expected.mean, variance: expected.unbiasedVariance }
      expectClose(
        tensorflow!.operations.normalisation(input, scale, shift, statistics, 1e-5),
        stored(referenceOperations.normalisation(input, scale, shift, statistics, 1e-5)),
      )
    })
  })

  it.each([
    [2, 2, 0],
    [3, 2, 1],
    [3, 1, 1],
    [5, 5, 2],
    [1, 1, 0],
  ])('max pooling, window %i, stride %i, padding %i, of numbers and of bits', (kernelSize, stride, padding) => {
    tf.tidy(() => {
      for (const input of [images(), bits()]) {
        compare(input, (operations, tensor) => operations.maxPooling(tensor, { kernelSize, stride, padding }))
      }
    })
  })

  it.each(['tanh', 'relu', 'hardtanh'] as const)('%s', (name) => {
    tf.tidy(() => compare(images(), (operations, input) => operations[name](input)))
  })

  it('cross-entropy, of large scores too', () => {
    tf.tidy(() => {
      const logits = tf.randomNormal([8, 5], 0, 40, 'float32', 7)
      const labels = tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2], 'int32')
      const expected = referenceOperations.crossEntropy(logits, labels)
      const fused = tensorflow!.operations.crossEntropy(logits, labels)
      expectClose(fused.losses, stored(expected.losses), 1e-6)
      expectClose(fused.gradient, stored(expected.gradient), 1e-6)
    })
  })

  it('replaces max pooling where TensorFlow was built with oneDNN', () => {
    expect(tensorflow!.operations.maxPooling === referenceOperations.maxPooling).toBe(process.arch !== 'x64')
  })
})
