import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'

/** The mean of every channel by our column sums, image by image. */
export function nativeGlobalPooling(kernels: Kernels, storage: TypedArrayBackend): Operations['globalAveragePooling'] {
  const floats = storage.floats.bind(storage)
  return (input) => {
    const [batch, height, width, channels] = input.shape as [number, number, number, number]
    const pixels = height * width
    const { tensor: output, values } = storage.create([batch, channels])
    const image = (of: Float32Array, index: number) =>
      of.subarray(index * pixels * channels, (index + 1) * pixels * channels)
    for (let index = 0; index < batch; index++) {
      const sums = values.subarray(index * channels, (index + 1) * channels)
      kernels.sumColumns(pixels, channels, image(floats(input), index), sums)
    }
    for (const [index, sum] of values.entries()) values[index] = sum / pixels
    return {
      output,
      gradient(upstream) {
        const made = storage.create(input.shape)
        const shares = floats(upstream).map((value) => value / pixels)
        for (let index = 0; index < batch; index++) {
          const share = shares.subarray(index * channels, (index + 1) * channels)
          const to = image(made.values, index)
          for (let pixel = 0; pixel < pixels; pixel++) to.set(share, pixel * channels)
        }
        return made.tensor
      },
    }
  }
}
