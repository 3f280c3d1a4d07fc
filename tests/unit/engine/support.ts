import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import { loadNative } from '#electron/engine/backends/native.ts'
import { loadTensorflow } from '#electron/engine/backends/tensorflow.ts'

/** A tensor as the fixtures hold it. */
export interface Stored {
  readonly shape: number[]
  readonly values: number[]
}

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/engine/${name}`, import.meta.url), 'utf8')) as T
}

export function tensorOf({ values, shape }: Stored): tf.Tensor {
  return tf.tensor(Float32Array.from(values), shape)
}

/** Fails where a value is further away than float32 arithmetic in another order may put it. */
export function expectClose(actual: tf.Tensor, expected: Stored, tolerance = 2e-5): void {
  expect(actual.shape).toEqual(expected.shape)
  const values = actual.dataSync()
  const scale = expected.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  for (const [index, value] of expected.values.entries()) {
    const difference = Math.abs(values[index]! - value)
    if (!(difference <= tolerance * scale)) {
      expect.fail(`value ${index} is ${values[index]}, not ${value} (${difference / scale} away)`)
    }
  }
}

/** TensorFlow where this machine has it, on one thread; the tests that need it are skipped elsewhere. */
export const tensorflow: Backend | null = await loadTensorflow(1).catch(() => null)
export const native: Backend = await loadNative()

/** Runs the same tests on every backend there is. */
export function describeOnEveryBackend(title: string, tests: (backend: Backend) => void): void {
  for (const backend of [native, tensorflow]) {
    if (!backend) continue
    describe(`${title}, on the backend "${backend.name}"`, () => {
      beforeAll(() => useBackend(backend))
      checkLeaks()
      tests(backend)
    })
  }
}

export async function useBackend(backend: Backend): Promise<void> {
  await tf.setBackend(backend.name)
}

/** The tests of this block together leave no tensor behind. */
export function checkLeaks(): void {
  let before = 0
  beforeAll(() => {
    before = tf.memory().numTensors
  })
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(before)
  })
}
