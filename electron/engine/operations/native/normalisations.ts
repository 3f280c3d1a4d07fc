import type { Tensor } from '@tensorflow/tfjs-core'
import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { TensorKernels } from '../kernels/tensor-kernels.ts'
import type { Operations } from '../operation.ts'
import { rowsOf } from './geometry.ts'

type Normalisations = Pick<TensorKernels, 'batchNormalisation' | 'pooledBatchNormalisation'> &
  Pick<Operations, 'normalisation'>

/** Batch normalisation on typed arrays: with the statistics of the batch, with given ones, and with a maximum. */
export function nativeNormalisations(kernels: Kernels, storage: TypedArrayBackend): Normalisations {
  const floats = storage.floats.bind(storage)

  function measure(x: Tensor) {
    const shape = rowsOf(x)
    const [mean, variance, unbiased] = [0, 1, 2].map(() => storage.create([shape.channels])) as [Made, Made, Made]
    kernels.moments(shape, floats(x), mean.values, variance.values)
    const correction = shape.rows / (shape.rows - 1)
    for (const [channel, value] of variance.values.entries()) unbiased.values[channel] = value * correction
    return { mean: mean.tensor, variance: variance.tensor, unbiasedVariance: unbiased.tensor }
  }

  function makeGradients(x: Tensor, scale: Tensor) {
    return { input: storage.create(x.shape), scale: storage.create(scale.shape), shift: storage.create(scale.shape) }
  }

  return {
    batchNormalisation(x, scale, shift, epsilon, tanh) {
      const { mean, variance, unbiasedVariance } = measure(x)
      const norm = () => [floats(mean), floats(variance), floats(scale), floats(shift), epsilon, tanh] as const
      const { tensor: output, values } = storage.create(x.shape)
      kernels.normalise(rowsOf(x), ...norm(), floats(x), values)
      return {
        output,
        mean,
        unbiasedVariance,
        gradient(upstream) {
          const made = makeGradients(x, scale)
          const into = [made.input.values, made.scale.values, made.shift.values] as const
          kernels.normaliseGradient(rowsOf(x), ...norm(), floats(x), floats(output), floats(upstream), ...into)
          return { input: made.input.tensor, scale: made.scale.tensor, shift: made.shift.tensor }
        },
      }
    },

    pooledBatchNormalisation(x, scale, shift, epsilon, tanh) {
      const { mean, variance, unbiasedVariance } = measure(x)
      const norm = () => [floats(mean), floats(variance), floats(scale), floats(shift), epsilon, tanh] as const
      const [batch, height, width, channels] = x.shape as [number, number, number, number]
      const shape = { batch, height, width, channels }
      const pooled = [batch, height >> 1, width >> 1, channels]
      const [output, chosen, choice] = [storage.create(pooled), storage.create(pooled), storage.createBytes(pooled)]
      kernels.normalisePool(shape, ...norm(), floats(x), output.values, choice.values, chosen.values)
      return {
        output: output.tensor,
        mean,
        unbiasedVariance,
        gradient(upstream) {
          const made = makeGradients(x, scale)
          kernels.normalisePoolGradient(
            shape,
            ...norm(),
            floats(x),
            floats(output.tensor),
            storage.bytes(choice.tensor),
            floats(chosen.tensor),
            floats(upstream),
            made.input.values,
            made.scale.values,
            made.shift.values,
          )
          return { input: made.input.tensor, scale: made.scale.tensor, shift: made.shift.tensor }
        },
      }
    },

    normalisation(x, scale, shift, { mean, variance }, epsilon) {
      const { tensor, values } = storage.create(x.shape)
      const channels = [floats(mean), floats(variance), floats(scale), floats(shift)] as const
      kernels.normalise(rowsOf(x), ...channels, epsilon, false, floats(x), values)
      return tensor
    },
  }
}

type Made = ReturnType<TypedArrayBackend['create']>
