import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'

/** PACT as one loop each way. */
export function nativeClippedQuantisation(storage: TypedArrayBackend): Operations['clippedQuantisation'] {
  const floats = storage.floats.bind(storage)
  return (input, alpha, bits) => {
    const bound = floats(alpha)[0]!
    const scale = Math.fround((2 ** bits - 1) / bound)
    const { tensor: output, values } = storage.create(input.shape)
    for (const [index, value] of floats(input).entries()) {
      const clamped = value > bound ? bound : Math.max(value, 0)
      values[index] = roundHalfToEven(Math.fround(clamped * scale)) / scale
    }
    return {
      output,
      gradient(upstream) {
        const [made, sum] = [storage.create(input.shape), storage.create([])]
        const gradients = floats(upstream)
        let beyond = 0
        for (const [index, value] of floats(input).entries()) {
          const given = gradients[index]!
          made.values[index] = value >= 0 && value <= bound ? given : 0
          if (value >= bound) beyond += given
        }
        sum.values[0] = beyond
        return { input: made.tensor, alpha: sum.tensor }
      },
    }
  }
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
