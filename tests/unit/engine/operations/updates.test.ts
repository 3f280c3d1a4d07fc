import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { checkLeaks, native, useBackend } from '../support.ts'

const number = fc.float({ min: -100, max: 100, noNaN: true })
const vectors = fc.integer({ min: 1, max: 20 }).chain((length) =>
  fc.record({
    weight: fc.array(number, { minLength: length, maxLength: length }),
    memory: fc.array(number, { minLength: length, maxLength: length }),
    gradient: fc.array(number, { minLength: length, maxLength: length }),
  }),
)
const share = fc.double({ min: 0, max: 0.99, noNaN: true })

describe('the updates on typed arrays', () => {
  beforeAll(() => useBackend(native))
  checkLeaks()

  /** Makes one update and returns the weight and what is remembered of it afterwards. */
  function after(
    { weight, memory, gradient }: { weight: number[]; memory: number[]; gradient: number[] },
    update: (weight: tf.Variable, gradient: tf.Tensor, memory: tf.Variable) => void,
  ): number[][] {
    const variables = [weight, memory].map((values) => tf.tidy(() => tf.variable(tf.tensor1d(values))))
    tf.tidy(() => update(variables[0]!, tf.tensor1d(gradient), variables[1]!))
    const values = variables.map((variable) => [...variable.dataSync()])
    for (const variable of variables) variable.dispose()
    return values
  }

  function expectClose(actual: number[][], expected: number[][]): void {
    for (const [row, values] of expected.entries()) {
      for (const [column, value] of values.entries()) {
        expect(Math.abs(actual[row]![column]! - value)).toBeLessThanOrEqual(1e-5 * (100 + Math.abs(value)))
      }
    }
  }

  it('descend as the reference does, with and without momentum', () => {
    fc.assert(
      fc.property(
        vectors,
        share,
        share,
        fc.boolean(),
        fc.boolean(),
        (values, learningRate, momentum, nesterov, moves) => {
          const coefficients = { learningRate, momentum, nesterov }
          const [actual, expected] = [native.operations, referenceOperations].map((operations) =>
            after(values, (weight, gradient, velocity) =>
              operations.descend(weight, gradient, moves ? velocity : null, coefficients),
            ),
          )
          expectClose(actual!, expected!)
        },
      ),
    )
  })

  it('flip the same weights as the reference does, but where an average lies on the threshold', () => {
    fc.assert(
      fc.property(vectors, share, share, (values, gamma, threshold) => {
        const binary = { ...values, weight: values.weight.map((weight) => (weight >= 0 ? 1 : -1)) }
        const [actual, expected] = [native.operations, referenceOperations].map((operations) =>
          after(binary, (weight, gradient, average) =>
            operations.flip(weight, gradient, average, { gamma, threshold }),
          ),
        )
        expectClose([actual![1]!], [expected![1]!])
        for (const [index, weight] of expected![0]!.entries()) {
          const pressure = Math.abs(Math.abs(expected![1]![index]!) - threshold)
          if (pressure > 1e-3) expect(actual![0]![index]).toBe(weight)
          expect(Math.abs(actual![0]![index]!)).toBe(1)
        }
      }),
    )
  })
})
