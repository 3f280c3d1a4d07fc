import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'
import { rowsOf } from './geometry.ts'

/** The rectifier and its gradients, one pass each way. */
export function nativeRectifier(kernels: Kernels, storage: TypedArrayBackend): Operations['rectifier'] {
  const floats = storage.floats.bind(storage)
  return (input, { slope, shifts }) => {
    const [shape, none] = [rowsOf(input), new Float32Array(slope.size)]
    const [before, after] = shifts ? [floats(shifts.before), floats(shifts.after)] : [none, none]
    const { tensor: output, values } = storage.create(input.shape)
    kernels.rectifier(shape, before, floats(slope), after, floats(input), values)
    return {
      output,
      gradient(upstream) {
        const made = storage.create(input.shape)
        const [ofSlope, ofBefore, ofAfter] = [0, 1, 2].map(() => storage.create(slope.shape)) as [Made, Made, Made]
        kernels.rectifierGradient(
          shape,
          shifts ? floats(shifts.before) : none,
          floats(slope),
          floats(input),
          floats(upstream),
          made.values,
          ofSlope.values,
          ofBefore.values,
          ofAfter.values,
        )
        return {
          input: made.tensor,
          slope: ofSlope.tensor,
          shifts: shifts && { before: ofBefore.tensor, after: ofAfter.tensor },
        }
      },
    }
  }
}

type Made = ReturnType<TypedArrayBackend['create']>
