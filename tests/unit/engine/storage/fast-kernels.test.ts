import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkLeaks, native, useBackend } from '../support.ts'

const numbers = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)

type Compute = () => tf.Tensor | tf.Tensor[]

describe("TF.js's operations on typed arrays give what its CPU backend gives", () => {
  beforeAll(() => useBackend(native))
  checkLeaks()

  async function on(backend: string, compute: Compute) {
    await tf.setBackend(backend)
    return tf.tidy(() => {
      const made = compute()
      return (Array.isArray(made) ? made : [made]).map((tensor) => ({
        shape: tensor.shape,
        dtype: tensor.dtype,
        values: [...tensor.dataSync()],
      }))
    })
  }

  async function meanOn(backend: string, shape: number[]): Promise<number> {
    const [mean] = await on(backend, () => tf.mean(numbers(shape, 1)))
    expect(mean!.shape).toEqual([])
    return mean!.values[0]!
  }

  async function expectSame(compute: Compute): Promise<void> {
    expect(await on(native.name, compute)).toEqual(await on('cpu', compute))
    await useBackend(native)
  }

  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })

  it.each(['add', 'sub', 'mul', 'div', 'minimum', 'greater', 'greaterEqual', 'less', 'lessEqual'] as const)(
    '%s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          await expectSame(() => tf[name](numbers(shape, 1), numbers(shape, 2)))
          await expectSame(() => tf[name](numbers(shape, 1), 0.5))
          await expectSame(() => tf[name](tf.scalar(0.5), numbers(shape, 1)))
          await expectSame(() => tf[name](numbers(shape, 1), numbers([shape.at(-1)!], 2)))
          await expectSame(() => tf[name](numbers([1], 1), numbers(shape, 2)))
          await expectSame(() => tf[name](tf.ones(shape, 'int32'), tf.fill(shape, 2, 'int32')))
        }),
        { numRuns: 8 },
      )
    },
  )

  it.each(['abs', 'neg', 'square', 'exp', 'sign', 'round'] as const)('%s', async (name) => {
    await expectSame(() => tf[name](tf.tensor([0, -0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49, -2.51, 1e9, -1e9])))
    await expectSame(() => tf[name](numbers([7, 3, 2], 1)))
    await expectSame(() => tf[name](tf.tensor1d([-3, 0, 4], 'int32')))
  })

  it('clipping, averaging and what is true of both', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        await expectSame(() => tf.clipByValue(numbers(shape, 1), -0.5, 0.7))
        await expectSame(() => tf.mean(numbers([2, ...shape], 1), 0))
        await expectSame(() => tf.mean(numbers(shape, 1), undefined, true))
        await expectSame(() => tf.logicalAnd(tf.greater(numbers(shape, 1), 0), tf.less(numbers(shape, 2), 0)))
        await expectSame(() => tf.logicalAnd(tf.tensor([true, false]), tf.tensor([[true], [false]])))
        // Ours sums in 64 bits and divides once.
        const theirs = await meanOn('cpu', shape)
        expect(await meanOn(native.name, shape)).toBeCloseTo(theirs, 5)
      }),
      { numRuns: 8 },
    )
  })

  it('choosing, repeating and splitting', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 0, max: 3 }), async (shape, extra) => {
        const isPositive = () => tf.greater(numbers(shape, 1), 0)
        await expectSame(() => tf.where(isPositive(), numbers(shape, 2), numbers(shape, 3)))
        await expectSame(() => tf.where(isPositive(), numbers(shape, 2), tf.scalar(0)))
        await expectSame(() => tf.where(isPositive(), tf.ones(shape, 'int32'), tf.zeros(shape, 'int32')))
        await expectSame(() => tf.tile(numbers(shape, 1), shape))
        const whole = [...shape.slice(0, -1), shape.at(-1)! + extra]
        await expectSame(() => tf.split(numbers(whole, 1), [shape.at(-1)!, extra], -1))
        await expectSame(() => tf.split(numbers([4, ...shape], 1), 2, 0))
      }),
      { numRuns: 20 },
    )
  })
})
