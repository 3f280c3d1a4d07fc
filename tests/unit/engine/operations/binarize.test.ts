import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { describeOnEveryBackend } from '../support.ts'

// Worked out by hand from q = 1 if x >= 0 else -1 and dq = upstream · 1[|x| <= t].
describeOnEveryBackend('binarize', ({ operations }) => {
  const forward = (values: number[], threshold: number | null = 1) =>
    tf.tidy(() => [...operations.binarize(tf.tensor1d(values), threshold).output.dataSync()])
  const gradient = (values: number[], threshold: number | null) =>
    tf.tidy(() => {
      const upstream = tf.tensor1d(values.map((_, index) => index + 1))
      return [...operations.binarize(tf.tensor1d(values), threshold).gradient(upstream).dataSync()]
    })

  it('is +1 at 0 and at -0', () => {
    expect(forward([0, -0])).toEqual([1, 1])
  })

  it('is -1 below 0 and +1 above, however near', () => {
    expect(forward([-1e-30, 1e-30, -3, 3, -Infinity, Infinity])).toEqual([-1, 1, -1, 1, -1, 1])
  })

  it('passes the gradient up to the threshold, the threshold itself included', () => {
    expect(gradient([-1, -0.5, -0, 0, 0.5, 1], 1)).toEqual([1, 2, 3, 4, 5, 6])
    expect(gradient([-0.5, 0.5, -0.51, 0.51], 0.5)).toEqual([1, 2, 0, 0])
  })

  it('passes no gradient beyond the threshold', () => {
    expect(gradient([-1.0001, 1.0001, -5, 5], 1)).toEqual([0, 0, 0, 0])
  })

  it('passes every gradient without a threshold', () => {
    expect(gradient([-5, 5, 0], null)).toEqual([1, 2, 3])
  })

  it('stops a gradient that is no number where it is cancelled', () => {
    const result = tf.tidy(() => {
      const upstream = tf.tensor1d([NaN, Infinity, 1])
      return [
        ...operations
          .binarize(tf.tensor1d([2, -2, 0.5]), 1)
          .gradient(upstream)
          .dataSync(),
      ]
    })
    expect(result).toEqual([0, 0, 1])
  })
})
