import type { Tensor } from '@tensorflow/tfjs-core'
import type { QuantizedValues } from '#shared/model/quantizers/definition.ts'
import { isPlainSign, valuesOf, type QuantizerValue } from '#shared/model/quantizers/index.ts'
import type { Weighted } from '../operations/operation.ts'
import { buildQuantizer } from './index.ts'

/** An operation of a layer on its input and its weights. */
export type OnWeights = (input: Tensor, weights: Tensor) => Weighted

/** The same operation for inputs and weights that are nothing but +1 and -1, and for any. */
export interface Arithmetic {
  /** Takes weights by their signs. */
  readonly binary: OnWeights
  readonly float: OnWeights
}

/**
 * A layer's operation on its latent weights, for the share of the training that is done, or for evaluation (null).
 * Where input and weights are signs the binary operation does it, on packed bits where the backend has the kernels;
 * else the float one on the quantized values.
 *
 * @param input when the input is nothing but +1 and -1.
 */
export function onQuantizedWeights(
  quantizer: QuantizerValue,
  input: QuantizedValues['signs'],
  { binary, float }: Arithmetic,
): (progress: number | null) => OnWeights {
  const { signs } = valuesOf(quantizer)
  const quantize = buildQuantizer(quantizer)
  return (progress) => {
    const are = (when: QuantizedValues['signs']) =>
      when === 'always' || (when === 'after training' && progress === null)
    const operation = are(input) && are(signs) ? binary : float
    // It signs the latent weights itself, and their gradient is that of the signs.
    if (operation === binary && isPlainSign(quantizer)) return binary
    return (values, latent) => {
      const weights = quantize(latent, progress)
      const { output, gradient } = operation(values, weights.output)
      return {
        output,
        gradient(upstream, wantsInput) {
          const result = gradient(upstream, wantsInput)
          return { ...result, weight: weights.gradient(result.weight) }
        },
      }
    }
  }
}
