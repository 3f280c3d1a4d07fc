import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import type { BatchNormalisation, Differentiable, Weighted } from '#electron/engine/operations/operation.ts'
import { referenceOperations as reference } from '#electron/engine/operations/reference.ts'
import { packSigns } from '#shared/bits/pack.ts'
import { describeOnEveryBackend, expectClose, type Stored } from '../support.ts'

const stored = (tensor: tf.Tensor): Stored => ({ shape: tensor.shape, values: [...tensor.dataSync()] })
const numbers = (shape: number[], seed: number) => tf.randomNormal(shape, 0.1, 1, 'float32', seed)
/** Without the difference between 0 and -0. */
const valuesOf = (tensor: tf.Tensor) => [...tensor.dataSync()].map((value) => value + 0)
const THRESHOLD = 0.8

// The reference computes on the same backend, by TF.js's own operations.
describeOnEveryBackend('the operations agree with those that TF.js composes', ({ operations, kernels }) => {
  const { fused } = operations

  function expectSame(actual: Differentiable<tf.Tensor>, expected: Differentiable<tf.Tensor>, tolerance: number): void {
    expectClose(actual.output, stored(expected.output), tolerance)
    const upstream = numbers(expected.output.shape, 9)
    expectClose(actual.gradient(upstream), stored(expected.gradient(upstream)), tolerance)
  }

  function expectSameWeighted(actual: Weighted, expected: Weighted, exact: boolean): void {
    if (exact) expect([...actual.output.dataSync()]).toEqual([...expected.output.dataSync()])
    expectClose(actual.output, stored(expected.output))
    const upstream = numbers(expected.output.shape, 9)
    const [found, wanted] = [actual.gradient(upstream, true), expected.gradient(upstream, true)]
    expectClose(found.weight, stored(wanted.weight))
    expectClose(found.input!, stored(wanted.input!))
    expect(found.bias === null).toBe(wanted.bias === null)
    if (wanted.bias) expectClose(found.bias!, stored(wanted.bias))
    expect(actual.gradient(upstream, false).input).toBeNull()
  }

  const geometries = [
    { stride: 1, padding: 0, paddingValue: -1, groups: 1 },
    { stride: 2, padding: 1, paddingValue: -1, groups: 1 },
    { stride: 1, padding: 2, paddingValue: 0, groups: 1 },
    { stride: 3, padding: 1, paddingValue: 1, groups: 1 },
  ]

  it.each(geometries)('convolution, %o', (geometry) => {
    tf.tidy(() => {
      const [input, weight, bias] = [numbers([2, 9, 7, 5], 1), numbers([3, 3, 5, 6], 2), numbers([6], 3)]
      for (const given of [bias, null]) {
        const expected = reference.convolution(input, weight, given, geometry)
        expectSameWeighted(operations.convolution(input, weight, given, geometry), expected, false)
      }
    })
  })

  it.each(geometries)('binary convolution, %o', (geometry) => {
    tf.tidy(() => {
      const [input, latent] = [numbers([2, 9, 7, 65], 1), numbers([3, 3, 65, 6], 2)]
      const bits = reference.binarize(input, null).output
      const expected = reference.binaryConvolution(bits, latent, geometry)
      expectSameWeighted(operations.binaryConvolution(bits, latent, geometry), expected, true)
    })
  })

  it.each([
    { groups: 6, inputs: 6, outputs: 6 },
    { groups: 3, inputs: 3, outputs: 9 },
    { groups: 2, inputs: 6, outputs: 4 },
    { groups: 3, inputs: 33, outputs: 12 },
  ])('$groups groups of $inputs channels in and $outputs out', ({ groups, inputs, outputs }) => {
    tf.tidy(() => {
      const input = numbers([3, 7, 6, inputs], 1)
      const [weight, bias] = [numbers([3, 3, inputs / groups, outputs], 2), numbers([outputs], 3)]
      const geometry = { stride: 2, padding: 1, paddingValue: 0, groups }
      const expected = reference.convolution(input, weight, bias, geometry)
      expectSameWeighted(operations.convolution(input, weight, bias, geometry), expected, false)
      const bits = reference.binarize(input, null).output
      for (const paddingValue of [-1, 0, 1]) {
        const padded = { ...geometry, paddingValue }
        const binary = () => reference.binaryConvolution(bits, weight, padded)
        expectSameWeighted(operations.binaryConvolution(bits, weight, padded), binary(), true)
        if (!fused) continue
        expectSameWeighted(
          fused.binarizedConvolution(input, weight, padded, THRESHOLD),
          binarizedFirst(input, THRESHOLD, (signs) => reference.binaryConvolution(signs, weight, padded)),
          true,
        )
      }
    })
  })

  it.each([[[3, 6, 7, 5]], [[6, 5]]])('rectifier of %o, with and without shifts', (shape) => {
    tf.tidy(() => {
      const input = numbers(shape, 1)
      const [slope, before, after] = [numbers([5], 2), numbers([5], 3), numbers([5], 4)]
      for (const shifts of [null, { before, after }]) {
        const [actual, expected] = [operations, reference].map((by) => by.rectifier(input, { slope, shifts }))
        expectClose(actual!.output, stored(expected!.output))
        const upstream = numbers(shape, 9)
        const [found, wanted] = [actual!.gradient(upstream), expected!.gradient(upstream)]
        expectClose(found.input, stored(wanted.input))
        expectClose(found.slope, stored(wanted.slope))
        expect(found.shifts === null).toBe(shifts === null)
        if (!shifts) continue
        expectClose(found.shifts!.before, stored(wanted.shifts!.before))
        expectClose(found.shifts!.after, stored(wanted.shifts!.after))
      }
    })
  })

  it.each([
    { kernelSize: 2, stride: 2, padding: 0 },
    { kernelSize: 3, stride: 1, padding: 1 },
    { kernelSize: 3, stride: 2, padding: 0 },
    { kernelSize: 2, stride: 3, padding: 1 },
  ])('pooling, %o', (geometry) => {
    tf.tidy(() => {
      const input = numbers([2, 7, 8, 5], 1)
      for (const name of ['maxPooling', 'averagePooling'] as const) {
        expectSame(operations[name](input, geometry), reference[name](input, geometry), 1e-6)
      }
    })
  })

  it('clamping activations, and sums', () => {
    tf.tidy(() => {
      const input = tf.concat([numbers([30], 1), tf.tensor1d([-1, 1, 0, -0, NaN])])
      for (const name of ['relu', 'hardtanh'] as const) {
        const [actual, expected] = [operations[name](input), reference[name](input)]
        expect(valuesOf(actual.output)).toEqual(valuesOf(expected.output))
        const upstream = numbers([35], 9)
        expect(valuesOf(actual.gradient(upstream))).toEqual(valuesOf(expected.gradient(upstream)))
      }
      const [first, second] = [numbers([3, 4, 5], 1), numbers([3, 4, 5], 2)]
      expectClose(operations.add(first, second), stored(tf.add(first, second)), 0)
      expectClose(operations.add(first, first), stored(tf.mul(first, 2)), 0)
    })
  })

  it('padding by sides', () => {
    tf.tidy(() => {
      const input = numbers([2, 3, 4, 5], 1)
      for (const top of [0, 2]) {
        const sides = { top, bottom: 0, left: top / 2, right: 3 * top }
        const [actual, expected] = [operations, reference].map((by) => by.padding(input, sides, -1))
        expectClose(actual!.output, stored(expected!.output), 0)
        const upstream = numbers(expected!.output.shape, 9)
        expectClose(actual!.gradient(upstream), stored(expected!.gradient(upstream)), 0)
      }
    })
  })

  it.each([1, 4])('clipped quantisation to %i bits', (bits) => {
    tf.tidy(() => {
      const [input, alpha] = [numbers([3, 6, 7, 5], 1), tf.scalar(1.25)]
      const [actual, expected] = [operations, reference].map((by) => by.clippedQuantisation(input, alpha, bits))
      expectClose(actual!.output, stored(expected!.output))
      const upstream = numbers(input.shape, 9)
      const [found, wanted] = [actual!.gradient(upstream), expected!.gradient(upstream)]
      expectClose(found.input, stored(wanted.input), 0)
      expectClose(found.alpha, stored(wanted.alpha))
    })
  })

  it('global mean', () => {
    tf.tidy(() => {
      const input = numbers([3, 6, 7, 5], 1)
      const [actual, expected] = [operations.globalAveragePooling(input), reference.globalAveragePooling(input)]
      expectClose(actual.output, stored(expected.output))
      const upstream = numbers([3, 5], 9)
      expectClose(actual.gradient(upstream), stored(expected.gradient(upstream)))
    })
  })

  it('dense and binary dense layers', () => {
    tf.tidy(() => {
      const [input, latent, bias] = [numbers([4, 70], 1), numbers([70, 9], 2), numbers([9], 3)]
      const bits = reference.binarize(input, null).output
      for (const given of [bias, null]) {
        expectSameWeighted(operations.dense(input, latent, given), reference.dense(input, latent, given), false)
        const expected = reference.binaryDense(bits, latent, given)
        expectSameWeighted(operations.binaryDense(bits, latent, given), expected, true)
      }
    })
  })

  it.skipIf(!fused).each([THRESHOLD, null])('binarisation within binary layers, threshold %s', (threshold) => {
    tf.tidy(() => {
      const [image, filters] = [numbers([2, 6, 7, 5], 1), numbers([3, 3, 5, 6], 2)]
      const geometry = geometries[1]!
      expectSameWeighted(
        fused!.binarizedConvolution(image, filters, geometry, threshold),
        binarizedFirst(image, threshold, (bits) => reference.binaryConvolution(bits, filters, geometry)),
        true,
      )
      const [features, latent, bias] = [numbers([4, 70], 3), numbers([70, 9], 4), numbers([9], 5)]
      expectSameWeighted(
        fused!.binarizedDense(features, latent, bias, threshold),
        binarizedFirst(features, threshold, (bits) => reference.binaryDense(bits, latent, bias)),
        true,
      )
    })
  })

  const channels = () => [numbers([5], 2), numbers([5], 3)] as const

  function expectSameNormalisation(actual: BatchNormalisation, expected: BatchNormalisation): void {
    expectClose(actual.output, stored(expected.output))
    expectClose(actual.mean, stored(expected.mean))
    expectClose(actual.unbiasedVariance, stored(expected.unbiasedVariance))
    const upstream = numbers(expected.output.shape, 9)
    const [found, wanted] = [actual.gradient(upstream), expected.gradient(upstream)]
    expectClose(found.input, stored(wanted.input), 1e-4)
    expectClose(found.scale, stored(wanted.scale), 1e-4)
    expectClose(found.shift, stored(wanted.shift), 1e-4)
  }

  it.each([[[3, 6, 7, 5]], [[6, 5]]])('batch normalisation of %o, alone and with tanh', (shape) => {
    tf.tidy(() => {
      const input = numbers(shape, 1)
      const expected = () => reference.batchNormalisation(input, ...channels(), 1e-5)
      expectSameNormalisation(operations.batchNormalisation(input, ...channels(), 1e-5), expected())
      if (!fused) return
      const actual = fused.normalisedTanh(input, ...channels(), 1e-5)
      expectSameNormalisation(actual, followed(expected(), reference.tanh))
    })
  })

  it.skipIf(!fused)('batch normalisation with a maximum, and with tanh between them', () => {
    tf.tidy(() => {
      const input = numbers([3, 6, 7, 5], 1)
      const pool = (image: tf.Tensor) => reference.maxPooling(image, { kernelSize: 2, stride: 2, padding: 0 })
      const expected = () => reference.batchNormalisation(input, ...channels(), 1e-5)
      expectSameNormalisation(fused!.normalisedPooling(input, ...channels(), 1e-5), followed(expected(), pool))
      expectSameNormalisation(
        fused!.normalisedTanhPooling(input, ...channels(), 1e-5),
        followed(followed(expected(), reference.tanh), pool),
      )
    })
  })

  it.each([null, 0.5])('Adam, step after step, with weights clipped to %j', (clip) => {
    tf.tidy(() => {
      const start = () => ({
        weight: tf.variable(numbers([7, 33], 1)),
        moments: { first: tf.variable(tf.zeros([7, 33])), second: tf.variable(tf.zeros([7, 33])) },
      })
      const [actual, expected] = [start(), start()]
      for (let step = 1; step <= 3; step++) {
        const gradient = numbers([7, 33], 10 + step)
        const coefficients = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step }
        operations.adam(actual.weight, gradient, actual.moments, coefficients, clip)
        reference.adam(expected.weight, gradient, expected.moments, coefficients, clip)
      }
      expectClose(actual.weight, stored(expected.weight), 1e-6)
      expectClose(actual.moments.first, stored(expected.moments.first), 1e-6)
      expectClose(actual.moments.second, stored(expected.moments.second), 1e-6)
      for (const { weight, moments } of [actual, expected]) {
        for (const variable of [weight, moments.first, moments.second]) variable.dispose()
      }
    })
  })

  it.each([NaN, Infinity, -Infinity])('finds %d among a thousand numbers', (broken) => {
    tf.tidy(() => {
      const values = numbers([1000], 3)
      expect(operations.areFinite([values, values])).toBe(true)
      const spoilt = Float32Array.from(values.dataSync())
      spoilt[617] = broken
      expect(operations.areFinite([values, tf.tensor1d(spoilt)])).toBe(false)
    })
  })

  it('fuses layers where it has kernels', () => {
    expect(fused !== null).toBe(kernels !== null)
  })

  it.each([1, 31, 64, 65, 1000, 70_001])('the signs of %i values as bits', (size) => {
    tf.tidy(() => {
      const values = numbers([size], 7).dataSync().slice()
      // Not the smallest numbers: TensorFlow's threads take those for 0, and its own kernels as ours write them as 0.
      values.set([-0, NaN, 0, -1e-37].slice(0, size))
      const expected = packSigns(values, 1, size).halves
      const halves = new Uint32Array(expected.length).fill(0xaaaaaaaa)
      operations.packSigns(tf.tensor1d(values), halves)
      expect(halves).toEqual(expected)
    })
  })
})

function binarizedFirst(input: tf.Tensor, threshold: number | null, layer: (bits: tf.Tensor) => Weighted): Weighted {
  const activation = reference.binarize(input, threshold)
  const { output, gradient } = layer(activation.output)
  return {
    output,
    gradient: (upstream, wantsInput) => {
      const gradients = gradient(upstream, wantsInput)
      return { ...gradients, input: gradients.input && activation.gradient(gradients.input) }
    },
  }
}

function followed(normalisation: BatchNormalisation, next: typeof reference.tanh): BatchNormalisation {
  const { output, gradient } = next(normalisation.output)
  return { ...normalisation, output, gradient: (upstream) => normalisation.gradient(gradient(upstream)) }
}
