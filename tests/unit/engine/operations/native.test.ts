import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Operations } from '#electron/engine/operations/operation.ts'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { checkLeaks, expectClose, native, useBackend } from '../support.ts'

const side = fc.integer({ min: 4, max: 9 })
const shapes = fc.tuple(fc.integer({ min: 1, max: 3 }), side, side, fc.integer({ min: 1, max: 35 }))
const windows = fc.record({
  kernelSize: fc.integer({ min: 2, max: 4 }),
  stride: fc.integer({ min: 1, max: 4 }),
  padding: fc.integer({ min: 0, max: 1 }),
})

const numbers = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)
const stored = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: [...tensor.dataSync()] })

/** All tensors that an operation gives, forward and back. */
type Use = (operations: Operations) => tf.Tensor[]

/** Holds for the operations of a shape; one that is given twice gives the same bits. */
function agree(...uses: Use[]): void {
  tf.tidy(() => {
    for (const use of uses) {
      const [actual, again, expected] = [native.operations, native.operations, referenceOperations].map((operations) =>
        use(operations).map(stored),
      )
      expect(again).toEqual(actual)
      for (const [index, { shape, values }] of actual!.entries()) {
        expectClose(tf.tensor(values, shape), expected![index]!)
      }
    }
  })
}

describe.skipIf(native.kernels === null)('operations on typed arrays and the reference agree for any shape', () => {
  beforeAll(() => useBackend(native))
  checkLeaks()

  it('pooling', () => {
    fc.assert(
      fc.property(shapes, windows, (shape, window) => {
        const pool =
          (name: 'maxPooling' | 'averagePooling'): Use =>
          (operations) => {
            const { output, gradient } = operations[name](numbers(shape, 1), window)
            return [output, gradient(numbers(output.shape, 2))]
          }
        agree(pool('maxPooling'), pool('averagePooling'))
      }),
      { numRuns: 30 },
    )
  })

  it('rectifiers, clamping and sums', () => {
    fc.assert(
      fc.property(shapes, fc.boolean(), (shape, isShifted) => {
        const channels = (seed: number) => numbers([shape[3]], seed)
        const rectify: Use = ({ rectifier }) => {
          const shifts = isShifted ? { before: channels(3), after: channels(4) } : null
          const { output, gradient } = rectifier(numbers(shape, 1), { slope: channels(2), shifts })
          const found = gradient(numbers(shape, 5))
          return [output, found.input, found.slope, ...(found.shifts ? [found.shifts.before, found.shifts.after] : [])]
        }
        const clamp =
          (name: 'relu' | 'hardtanh'): Use =>
          (operations) => {
            const { output, gradient } = operations[name](numbers(shape, 1))
            return [output, gradient(numbers(shape, 2))]
          }
        agree(rectify, clamp('relu'), clamp('hardtanh'), ({ add }) => [add(numbers(shape, 1), numbers(shape, 2))])
      }),
      { numRuns: 20 },
    )
  })
})
