import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedArrayBackend } from '#electron/engine/storage/typed-array-backend.ts'
import { checkLeaks, native, useBackend } from '../support.ts'

/** Large enough to be kept when it is freed. */
const SIZE = 8192

describe('tensors in pooled memory', () => {
  beforeAll(() => useBackend(native))
  checkLeaks()

  const storage = () => tf.backend() as TypedArrayBackend

  function filled(value: number): tf.Tensor {
    const { tensor, values } = storage().create([SIZE])
    values.fill(value)
    return tensor
  }

  it('take the memory of freed ones of the same size', () => {
    const first = storage().create([SIZE])
    first.tensor.dispose()
    const second = storage().create([SIZE])
    expect(second.values).toBe(first.values)
    const third = storage().create([SIZE])
    expect(third.values).not.toBe(first.values)
    second.tensor.dispose()
    third.tensor.dispose()
  })

  it('keep their memory while a clone or another shape of them lives', () => {
    const tensor = filled(1)
    const reshaped = tf.reshape(tensor, [2, SIZE / 2])
    tensor.dispose()
    const other = filled(2)
    expect(reshaped.dataSync().every((value) => value === 1)).toBe(true)
    reshaped.dispose()
    other.dispose()
  })

  it('leave slices and values that were read alone when their memory is used again', () => {
    const tensor = filled(1)
    const values = tensor.dataSync()
    const slice = tf.slice(tensor as tf.Tensor1D, 10, 5)
    tensor.dispose()
    const next = filled(2)
    expect(values.every((value) => value === 1)).toBe(true)
    expect([...slice.dataSync()]).toEqual([1, 1, 1, 1, 1])
    slice.dispose()
    next.dispose()
  })

  it('give a variable of more values than a set can hold its own', () => {
    const given = Float32Array.from(new Float32Array(Uint32Array.from({ length: 2 ** 24 + 1 }, (_, i) => i).buffer))
    const variable = tf.tidy(() => tf.variable(tf.tensor1d(given)))
    storage().changeable(variable)[0] = 1
    expect(given[0]).toBe(0)
    variable.dispose()
  })

  it('give variables values of their own before these are changed in place', () => {
    const given = new Float32Array(SIZE).fill(3)
    const variable = tf.tidy(() => tf.variable(tf.tensor1d(given)))
    const clone = variable.clone()
    storage().changeable(variable).fill(4)
    expect(given[0]).toBe(3)
    expect(clone.dataSync()[0]).toBe(3)
    const values = variable.dataSync()
    storage().changeable(variable).fill(5)
    expect(values[0]).toBe(4)
    expect(variable.dataSync()[0]).toBe(5)
    clone.dispose()
    variable.dispose()
  })
})
