import type { Tensor } from '@tensorflow/tfjs-core'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'

/**
 * The rectifier as plain loops over typed arrays: one pass each way, where TF.js's JavaScript kernels make a dozen and
 * broadcast index by index.
 */
export function nativeRectifier(storage: TypedArrayBackend): Operations['rectifier'] {
  const floats = storage.floats.bind(storage)
  return (input, { slope, shifts }) => {
    const channels = slope.size
    const [slopes, before] = [floats(slope), shifts ? floats(shifts.before) : new Float32Array(channels)]
    const after = shifts ? floats(shifts.after) : new Float32Array(channels)
    const output = storage.create(input.shape)
    eachRow(input, channels, (first) => {
      const values = floats(input)
      for (let c = 0; c < channels; c++) {
        const moved = values[first + c]! - before[c]!
        output.values[first + c] = (moved > 0 ? moved : moved * slopes[c]!) + after[c]!
      }
    })
    return {
      output: output.tensor,
      gradient(upstream) {
        const made = storage.create(input.shape)
        const [slopeSums, beforeSums, afterSums] = [0, 1, 2].map(() => new Float64Array(channels)) as [Sums, Sums, Sums]
        const [values, gradients] = [floats(input), floats(upstream)]
        eachRow(input, channels, (first) => {
          for (let c = 0; c < channels; c++) {
            const [moved, given] = [values[first + c]! - before[c]!, gradients[first + c]!]
            const passed = moved > 0 ? given : given * slopes[c]!
            made.values[first + c] = passed
            beforeSums[c]! -= passed
            afterSums[c]! += given
            if (!(moved > 0)) slopeSums[c]! += given * moved
          }
        })
        const vector = (sums: Sums) => {
          const { tensor, values: into } = storage.create([channels])
          into.set(sums)
          return tensor
        }
        return {
          input: made.tensor,
          slope: vector(slopeSums),
          shifts: shifts && { before: vector(beforeSums), after: vector(afterSums) },
        }
      },
    }
  }
}

type Sums = Float64Array

function eachRow({ size }: Tensor, channels: number, visit: (first: number) => void): void {
  for (let first = 0; first < size; first += channels) visit(first)
}
