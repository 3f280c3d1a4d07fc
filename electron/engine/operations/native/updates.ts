import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import type { Operations } from '../operation.ts'

type Updates = Pick<Operations, 'areFinite' | 'adam' | 'descend' | 'flip'>

/** Optimisers on typed arrays, in place. The kernels know Adam; the others are one pass here. */
export function nativeUpdates(kernels: Pick<Kernels, 'adam' | 'allFinite'>, storage: TypedArrayBackend): Updates {
  const floats = storage.floats.bind(storage)
  return {
    areFinite: (tensors) => tensors.every((tensor) => kernels.allFinite(tensor.size, floats(tensor))),

    adam(weight, gradient, { first, second }, { learningRate, beta1, beta2, epsilon, step }, clip) {
      const state = [weight, first, second].map((variable) => storage.changeable(variable)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      kernels.adam(weight.size, learningRate, beta1, beta2, epsilon, step, clip ?? Infinity, floats(gradient), ...state)
    },

    descend(weight, gradient, velocity, { learningRate, momentum, nesterov }) {
      const [weights, slopes] = [storage.changeable(weight), floats(gradient)]
      if (!velocity) {
        for (let index = 0; index < weights.length; index++) weights[index]! -= learningRate * slopes[index]!
        return
      }
      const velocities = storage.changeable(velocity)
      for (let index = 0; index < weights.length; index++) {
        const moved = momentum * velocities[index]! + slopes[index]!
        velocities[index] = moved
        weights[index]! -= learningRate * (nesterov ? slopes[index]! + momentum * moved : moved)
      }
    },

    flip(weight, gradient, average, { gamma, threshold }) {
      const [weights, slopes, averages] = [storage.changeable(weight), floats(gradient), storage.changeable(average)]
      for (let index = 0; index < weights.length; index++) {
        const sign = weights[index]! >= 0 ? 1 : -1
        averages[index]! += gamma * (slopes[index]! - averages[index]!)
        weights[index] = sign * averages[index]! > threshold ? -sign : sign
      }
    },
  }
}
