import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadTensorflow } from '#electron/engine/backends/tensorflow.ts'
import { Executor, type TensorflowBackend } from '#electron/engine/operations/tensorflow/executor.ts'
import { referenceOperations as reference } from '#electron/engine/operations/reference.ts'
import { loadTensorflowKernels } from '#electron/native/index.ts'

/** The largest distance, relative to the largest value wanted. */
function distance(got: tf.Tensor, wanted: tf.Tensor): number {
  expect(got.shape).toEqual(wanted.shape)
  return tf.tidy(() => {
    const largest = tf.max(tf.abs(wanted)).dataSync()[0]!
    return tf.max(tf.abs(tf.sub(got, wanted))).dataSync()[0]! / Math.max(largest, 1e-30)
  })
}

const loaded = await loadTensorflow(2).catch(() => null)
const kernels = loaded && loadTensorflowKernels()

describe.skipIf(kernels === null)('our operations inside TensorFlow', () => {
  let backend: TensorflowBackend
  let executor: Executor
  const integer = (name: string, value: number) => ({ name, type: backend.binding.TF_ATTR_INT, value })
  beforeAll(() => {
    backend = tf.backend() as unknown as TensorflowBackend
    executor = new Executor(backend)
  })

  test.each([
    { paddingValue: -1, padding: 0 },
    { paddingValue: 0, padding: 1 },
    { paddingValue: 1, padding: 2 },
  ])('convolve signs as TensorFlow does, padded by $padding with $paddingValue', ({ padding, paddingValue }) => {
    const geometry = { stride: 1, padding, paddingValue, groups: 1 }
    const latent = tf.randomNormal([3, 3, 33, 20], 0, 1, 'float32', 1)
    const signs = reference.binarize(tf.randomNormal([3, 6, 7, 33], 0, 1, 'float32', 2), null).output
    const pass = reference.binaryConvolution(signs, latent, geometry)
    const upstream = tf.randomNormal(pass.output.shape, 0, 1, 'float32', 3)
    const wanted = pass.gradient(upstream, true)
    const attributes = [integer('stride', 1), integer('padding', padding)]
    const withValue = [...attributes, integer('padding_value', paddingValue)]

    const output = executor.run('SignumBinaryConvolution', withValue, signs, latent)
    expect(distance(output, pass.output)).toBe(0)
    const input = executor.run('SignumBinaryConvolutionInputGradient', attributes, upstream, latent, signs)
    expect(distance(input, wanted.input!)).toBeLessThan(1e-5)
    const weight = executor.run('SignumBinaryConvolutionWeightGradient', withValue, signs, upstream, latent)
    expect(distance(weight, wanted.weight)).toBeLessThan(1e-5)
  })

  test('multiply rows of signs as TensorFlow does', () => {
    const latent = tf.randomNormal([130, 50], 0, 1, 'float32', 4)
    const features = reference.binarize(tf.randomNormal([9, 130], 0, 1, 'float32', 5), null).output
    const pass = reference.binaryDense(features, latent, null)
    const output = executor.run('SignumBinaryConvolution', [], features, latent)
    expect(distance(output, pass.output)).toBe(0)
  })

  test('convolve floats both ways as TensorFlow does', () => {
    const geometry = { stride: 2, padding: 1, paddingValue: 0, groups: 1 }
    const image = tf.randomNormal([3, 8, 7, 5], 0, 1, 'float32', 6)
    const weight = tf.randomNormal([3, 3, 5, 12], 0, 1, 'float32', 7)
    const bias = tf.randomNormal([12], 0, 1, 'float32', 8)
    const pass = reference.convolution(image, weight, bias, geometry)
    const upstream = tf.randomNormal(pass.output.shape, 0, 1, 'float32', 9)
    const wanted = pass.gradient(upstream, true)
    const attributes = [integer('stride', 2), integer('padding', 1)]
    expect(distance(executor.run('SignumConvolution', attributes, image, weight, bias), pass.output)).toBeLessThan(1e-6)
    const input = executor.run('SignumConvolutionInputGradient', attributes, upstream, weight, image)
    expect(distance(input, wanted.input!)).toBeLessThan(1e-6)
    const weights = executor.run('SignumConvolutionWeightGradient', attributes, image, upstream, weight)
    expect(distance(weights, wanted.weight)).toBeLessThan(1e-6)
    expect(distance(executor.run('SignumBiasGradient', [], upstream), wanted.bias!)).toBeLessThan(1e-6)
  })

  test('normalise, squash and pool in one pass, both ways', () => {
    const image = tf.randomNormal([4, 6, 8, 20], 1, 2, 'float32', 10)
    const scale = tf.randomNormal([20], 0, 1, 'float32', 11)
    const shift = tf.randomNormal([20], 0, 1, 'float32', 12)
    const norm = reference.batchNormalisation(image, scale, shift, 1e-5)
    const squashed = reference.tanh(norm.output)
    const pooled = reference.maxPooling(squashed.output, { kernelSize: 2, stride: 2, padding: 0 })
    const upstream = tf.randomNormal(pooled.output.shape, 0, 1, 'float32', 13)
    const wanted = norm.gradient(squashed.gradient(pooled.gradient(upstream)))

    const tanh = { name: 'tanh', type: backend.binding.TF_ATTR_BOOL, value: true }
    const outputs = executor.runMultiple('SignumBatchNormPool', [tanh], [image, scale, shift], 6)
    const [y, choice, chosen, mean, variance, unbiased] = outputs as [tf.Tensor, ...tf.Tensor[]]
    expect(distance(y, pooled.output)).toBeLessThan(1e-5)
    expect(distance(mean!, norm.mean)).toBeLessThan(1e-5)
    expect(distance(unbiased!, norm.unbiasedVariance)).toBeLessThan(1e-5)
    const inputs = [upstream, image, y, choice!, chosen!, scale, mean!, variance!]
    const [dx, dscale, dshift] = executor.runMultiple('SignumBatchNormPoolGradient', [tanh], inputs, 3)
    expect(distance(dx!, wanted.input)).toBeLessThan(1e-4)
    expect(distance(dscale!, wanted.scale)).toBeLessThan(1e-4)
    expect(distance(dshift!, wanted.shift)).toBeLessThan(1e-4)
  })

  test('refuse shapes that do not fit, in words', () => {
    const image = tf.zeros([1, 4, 4, 3])
    expect(() => executor.run('SignumBinaryConvolution', [], image, tf.zeros([3, 3, 2, 1]))).toThrow('do not fit')
    expect(() => executor.run('SignumTanhGradient', [], image, tf.zeros([2]))).toThrow('dy has 2 values')
  })
})
