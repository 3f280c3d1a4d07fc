import type { Kernels } from '#electron/native/kernels.ts'
import type { PaddingValue } from '#shared/bits/convolution.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { TensorKernels } from '../kernels/tensor-kernels.ts'
import { geometryOf, outputShape, rowsOf } from './geometry.ts'

type Convolutions = Omit<TensorKernels, 'batchNormalisation' | 'pooledBatchNormalisation'>

/** Our convolutions and their gradients on typed arrays. */
export function nativeConvolutions(kernels: Kernels, storage: TypedArrayBackend): Convolutions {
  const floats = storage.floats.bind(storage)
  return {
    convolution(x, weight, bias, window) {
      const geometry = geometryOf(x, weight, window)
      const { tensor, values } = storage.create(outputShape(geometry, x.rank))
      kernels.convolution(geometry, floats(x), floats(weight), bias && floats(bias), values)
      return tensor
    },
    convolutionInputGradient(dy, weight, x, window) {
      const { tensor, values } = storage.create(x.shape)
      kernels.convolutionInputGradient(geometryOf(x, weight, window), floats(dy), floats(weight), values)
      return tensor
    },
    convolutionWeightGradient(x, dy, weight, window) {
      const { tensor, values } = storage.create(weight.shape)
      kernels.convolutionWeightGradient(geometryOf(x, weight, window), floats(x), floats(dy), values)
      return tensor
    },
    biasGradient(dy) {
      const { rows, channels } = rowsOf(dy)
      const { tensor, values } = storage.create([channels])
      kernels.sumColumns(rows, channels, floats(dy), values)
      return tensor
    },

    binaryConvolution(x, weight, bias, window) {
      const geometry = geometryOf(x, weight, window)
      const { tensor, values } = storage.create(outputShape(geometry, x.rank))
      const padding = window.paddingValue as PaddingValue
      kernels.binaryConvolution(geometry, padding, floats(x), floats(weight), bias && floats(bias), values)
      return tensor
    },
    binaryConvolutionInputGradient(dy, weight, x, window, threshold) {
      const { tensor, values } = storage.create(x.shape)
      const geometry = geometryOf(x, weight, window)
      const cancelling = threshold === null ? null : floats(x)
      kernels.binaryConvolutionInputGradient(geometry, floats(dy), floats(weight), cancelling, threshold ?? 0, values)
      return tensor
    },
    binaryConvolutionWeightGradient(x, dy, weight, window) {
      const { tensor, values } = storage.create(weight.shape)
      const padding = window.paddingValue as PaddingValue
      kernels.binaryConvolutionWeightGradient(geometryOf(x, weight, window), padding, floats(x), floats(dy), values)
      return tensor
    },
  }
}
