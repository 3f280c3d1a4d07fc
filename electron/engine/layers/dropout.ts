import * as tf from '@tensorflow/tfjs-core'
import type { LayerBuilder } from './layer.ts'

/** Inverted dropout as PyTorch's: kept values are divided by the probability of being kept. */
export const dropout: LayerBuilder<'Dropout'> = ({ id, p }, _input, { random }) => ({
  id,
  variables: [],
  train(input) {
    const kept = 1 / (1 - p)
    const values = new Float32Array(input.size)
    for (let index = 0; index < values.length; index++) values[index] = random.dropout.uniform() < p ? 0 : kept
    const mask = tf.tensor(values, input.shape)
    return {
      output: tf.mul(input, mask),
      backward: (upstream, _gradients, wantsInput) => (wantsInput ? tf.mul(upstream, mask) : null),
    }
  },
  evaluate: (input) => input.clone(),
})
