import * as tf from '@tensorflow/tfjs-core'
import { isPlainSign, type QuantizerValue } from '#shared/model/quantizers/index.ts'
import type { Layer, LayerTools } from './layer.ts'
import { statelessLayer } from './stateless.ts'
import { cancelGradient } from '../operations/binarize.ts'
import { buildQuantizer } from '../quantizers/index.ts'

/**
 * A layer that quantizes its input. As in bitorch, the gradient is the quantizer's own, and none where |input| is above
 * `threshold`.
 */
export function quantizingLayer(
  id: string,
  quantizer: QuantizerValue,
  threshold: number | null,
  { operations, progress }: LayerTools,
): Layer {
  if (isPlainSign(quantizer)) return statelessLayer(id, (input) => operations.binarize(input, threshold))
  const quantize = buildQuantizer(quantizer)
  return {
    id,
    variables: [],
    train(input) {
      const { output, gradient } = quantize(input, progress?.share ?? 0)
      return {
        output,
        backward: (upstream, _gradients, wantsInput) =>
          wantsInput ? tf.tidy(() => cancelGradient(gradient(upstream), input, threshold)) : null,
      }
    },
    evaluate: (input) => quantize(input, null).output,
  }
}
