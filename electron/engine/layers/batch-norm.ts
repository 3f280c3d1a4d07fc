import * as tf from '@tensorflow/tfjs-core'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { Operations } from '../operations/operation.ts'
import { layerVariable, type Layer, type LayerBuilder } from './layer.ts'

export const batchNorm: LayerBuilder<'BatchNorm'> = (spec, input, { operations }) =>
  normalisingLayer(spec, input, operations, operations.batchNormalisation)

/**
 * Batch normalisation whose training may take the layers after it along.
 *
 * @param train what computes a training pass; `evaluate` is the normalisation alone.
 */
export function normalisingLayer(
  spec: LayerSpecOf<'BatchNorm'>,
  input: Signal,
  operations: Operations,
  train: Operations['batchNormalisation'],
): Layer {
  const channels = input.shape.kind === 'image' ? input.shape.channels : input.shape.count
  const vector = (name: string, value: number, trainable: boolean) =>
    layerVariable(`${spec.id}.${name}`, new Float32Array(channels).fill(value), [channels], { trainable })
  const scale = vector('weight', 1, true)
  const shift = vector('bias', 0, true)
  const mean = vector('running_mean', 0, false)
  const variance = vector('running_var', 1, false)

  const follow = (running: tf.Variable, batch: tf.Tensor) =>
    tf.tidy(() => running.assign(tf.add(tf.mul(running, 1 - spec.momentum), tf.mul(batch, spec.momentum))))

  return {
    id: spec.id,
    variables: [scale, shift, mean, variance],
    train(values) {
      const pass = train(values, scale.variable, shift.variable, spec.eps)
      follow(mean.variable, pass.mean)
      follow(variance.variable, pass.unbiasedVariance)
      return {
        output: pass.output,
        backward(upstream, gradients, wantsInput) {
          const gradient = pass.gradient(upstream)
          gradients.set(scale, gradient.scale)
          gradients.set(shift, gradient.shift)
          return wantsInput ? gradient.input : null
        },
      }
    },
    evaluate: (values) =>
      operations.normalisation(
        values,
        scale.variable,
        shift.variable,
        { mean: mean.variable, variance: variance.variable },
        spec.eps,
      ),
  }
}
