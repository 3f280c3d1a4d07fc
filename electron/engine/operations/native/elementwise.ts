import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'
import { everySide } from '../padding.ts'
import { nativePadding } from './padding.ts'
import { referenceOperations } from '../reference.ts'

/** The kernels remember the place of a maximum in a byte. */
const LARGEST_POOLING_WINDOW = 16

type Elementwise = Pick<Operations, 'binarize' | 'tanh' | 'maxPooling' | 'crossEntropy'>

/** Activations, pooling and the loss on typed arrays. */
export function nativeElementwise(kernels: Kernels, storage: TypedArrayBackend): Elementwise {
  const floats = storage.floats.bind(storage)
  const pad = nativePadding(storage)
  return {
    binarize: (input, threshold) => ({
      output: fill(storage, input, (values) => kernels.signs(input.size, floats(input), values)),
      gradient: (upstream) =>
        threshold === null
          ? upstream.clone()
          : fill(storage, input, (values) =>
              kernels.cancelGradient(input.size, threshold, floats(input), floats(upstream), values),
            ),
    }),

    tanh(input) {
      const output = fill(storage, input, (values) => kernels.tanh(input.size, floats(input), values))
      return {
        output,
        gradient: (upstream) =>
          fill(storage, input, (values) => kernels.tanhGradient(input.size, floats(output), floats(upstream), values)),
      }
    },

    maxPooling(input, geometry) {
      const { kernelSize, stride, padding } = geometry
      if (kernelSize > LARGEST_POOLING_WINDOW) return referenceOperations.maxPooling(input, geometry)
      const { output: padded, gradient: crop } = pad(input, everySide(padding), -Infinity)
      const [batch, height, width, channels] = padded.shape as [number, number, number, number]
      const shape = { batch, height, width, channels, kernelSize, stride }
      const along = (side: number) => Math.floor((side - kernelSize) / stride) + 1
      const pooled = [batch, along(height), along(width), channels]
      const [output, choice] = [storage.create(pooled), storage.createBytes(pooled)]
      kernels.maxPooling(shape, floats(padded), output.values, choice.values)
      return {
        output: output.tensor,
        gradient: (upstream) =>
          tidy(() => {
            const gradient = fill(storage, padded, (values) =>
              kernels.maxPoolingGradient(shape, storage.bytes(choice.tensor), floats(upstream), values),
            )
            return crop(gradient)
          }),
      }
    },

    crossEntropy(logits, labels) {
      const [rows, classes] = logits.shape as [number, number]
      const [losses, gradient] = [storage.create([rows]), storage.create([rows, classes])]
      const expected = storage.integers(labels)
      kernels.crossEntropy(rows, classes, floats(logits), expected, losses.values, gradient.values)
      return { losses: losses.tensor, gradient: gradient.tensor }
    },
  }
}

function fill(storage: TypedArrayBackend, { shape }: Tensor, write: (values: Float32Array) => void): Tensor {
  const { tensor, values } = storage.create(shape)
  write(values)
  return tensor
}
