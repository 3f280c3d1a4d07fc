import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Kernels } from '#electron/native/kernels.ts'
import { pooledSize } from '#shared/bits/pooling.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations, PoolingGeometry } from '../operation.ts'
import { everySide } from '../padding.ts'
import { referenceOperations } from '../reference.ts'
import { nativePadding } from './padding.ts'

/** The kernels remember the place of a maximum in a byte. */
const LARGEST_MAXIMUM_WINDOW = 16

type Pooling = Pick<Operations, 'maxPooling' | 'averagePooling'>

/** The largest value or the mean of each window, on typed arrays. */
export function nativePooling(kernels: Kernels, storage: TypedArrayBackend): Pooling {
  const floats = storage.floats.bind(storage)
  const pad = nativePadding(storage)

  /** The image with its border, the way back from that, and what the kernels ask for; without a border nothing is copied. */
  function surround(input: Tensor, { kernelSize, stride, padding }: PoolingGeometry, value: number) {
    const { output: padded, gradient: crop } =
      padding === 0
        ? { output: input, gradient: (upstream: Tensor) => upstream.clone() }
        : pad(input, everySide(padding), value)
    const [batch, height, width, channels] = padded.shape as [number, number, number, number]
    const shape = { batch, height, width, channels, kernelSize, stride }
    const side = pooledSize(shape)
    return { padded, crop, shape, pooled: [batch, side.height, side.width, channels] }
  }

  return {
    maxPooling(input, geometry) {
      if (geometry.kernelSize > LARGEST_MAXIMUM_WINDOW) return referenceOperations.maxPooling(input, geometry)
      const { padded, crop, shape, pooled } = surround(input, geometry, -Infinity)
      const [output, choice] = [storage.create(pooled), storage.createBytes(pooled)]
      kernels.maxPooling(shape, floats(padded), output.values, choice.values)
      return {
        output: output.tensor,
        gradient: (upstream) =>
          tidy(() => {
            const { tensor, values } = storage.create(padded.shape)
            kernels.maxPoolingGradient(shape, storage.bytes(choice.tensor), floats(upstream), values)
            return crop(tensor)
          }),
      }
    },

    averagePooling(input, geometry) {
      const { padded, crop, shape, pooled } = surround(input, geometry, 0)
      const { tensor: output, values: means } = storage.create(pooled)
      kernels.averagePooling(shape, floats(padded), means)
      return {
        output,
        gradient: (upstream) =>
          tidy(() => {
            const { tensor, values } = storage.create(padded.shape)
            kernels.averagePoolingGradient(shape, floats(upstream), values)
            return crop(tensor)
          }),
      }
    },
  }
}
