import type { Tensor } from '@tensorflow/tfjs-core'
import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Differentiable, Operations } from '../operation.ts'

type Elementwise = Pick<Operations, 'binarize' | 'tanh' | 'relu' | 'hardtanh' | 'add' | 'crossEntropy' | 'packSigns'>

/** Activations, sums, signs and the loss on typed arrays. */
export function nativeElementwise(kernels: Kernels, storage: TypedArrayBackend): Elementwise {
  const floats = storage.floats.bind(storage)
  const clamp = (input: Tensor, low: number, high: number): Differentiable<Tensor> => ({
    output: fill(storage, input, (values) => kernels.clamp(input.size, low, high, floats(input), values)),
    gradient: (upstream) =>
      fill(storage, input, (values) =>
        kernels.clampGradient(input.size, low, high, floats(input), floats(upstream), values),
      ),
  })
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

    relu: (input) => clamp(input, 0, Infinity),
    hardtanh: (input) => clamp(input, -1, 1),

    add: (first, second) =>
      fill(storage, first, (values) => kernels.add(first.size, floats(first), floats(second), values)),

    crossEntropy(logits, labels) {
      const [rows, classes] = logits.shape as [number, number]
      const [losses, gradient] = [storage.create([rows]), storage.create([rows, classes])]
      const expected = storage.integers(labels)
      kernels.crossEntropy(rows, classes, floats(logits), expected, losses.values, gradient.values)
      return { losses: losses.tensor, gradient: gradient.tensor }
    },

    packSigns: (values, halves) => kernels.packSigns(values.size, floats(values), halves),
  }
}

function fill(storage: TypedArrayBackend, { shape }: Tensor, write: (values: Float32Array) => void): Tensor {
  const { tensor, values } = storage.create(shape)
  write(values)
  return tensor
}
