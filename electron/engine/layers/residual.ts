import * as tf from '@tensorflow/tfjs-core'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { Operations } from '../operations/operation.ts'
import { evaluateInTurn, trainInTurn } from './in-turn.ts'
import type { Layer } from './layer.ts'

/** Two tensors made one, with the way back to both. */
interface Join {
  forward(around: tf.Tensor, inner: tf.Tensor, add: Operations['add']): tf.Tensor
  /** The gradients of both, from that of what they became. */
  gradients(upstream: tf.Tensor, around: tf.Tensor, inner: tf.Tensor): readonly [tf.Tensor, tf.Tensor]
}

const LAST = -1

const JOINS: Readonly<Record<LayerSpecOf<'Residual'>['combine'], Join>> = {
  add: {
    forward: (around, inner, add) => add(around, inner),
    gradients: (upstream) => [upstream, upstream],
  },
  concat: {
    forward: (around, inner) => tf.concat([around, inner], LAST),
    gradients(upstream, around, inner) {
      const sizes = [around.shape.at(LAST)!, inner.shape.at(LAST)!]
      return tf.split(upstream, sizes, LAST) as [tf.Tensor, tf.Tensor]
    },
  },
}

/**
 * A block: what its stack makes of the input, joined with what its shortcut makes of it. The gradients of both ways add
 * up. A stack without layers adds nothing.
 *
 * @param shortcut its layers; none for the identity.
 */
export function residualLayer(
  { id, combine }: LayerSpecOf<'Residual'>,
  stack: readonly Layer[],
  shortcut: readonly Layer[],
  { add }: Pick<Operations, 'add'>,
): Layer {
  if (stack.length === 0) return alone(id, shortcut)
  const join = JOINS[combine]
  return {
    id,
    variables: [...stack, ...shortcut].flatMap((layer) => layer.variables),
    train(input) {
      const inner = trainInTurn(stack, input)
      const around = trainInTurn(shortcut, input)
      return {
        output: join.forward(around.output, inner.output, add),
        backward(upstream, gradients, wantsInput) {
          const [toAround, toInner] = join.gradients(upstream, around.output, inner.output)
          const fromInner = inner.backward(toInner, gradients, wantsInput)
          const fromAround = around.backward(toAround, gradients, wantsInput)
          const sum = fromInner && fromAround && add(fromInner, fromAround)
          free([fromInner, fromAround, toInner, toAround, inner.output, around.output], [upstream, input])
          return sum
        },
      }
    },
    evaluate(input, watch) {
      const [inner, around] = [evaluateInTurn(stack, input, watch), evaluateInTurn(shortcut, input, watch)]
      const output = join.forward(around, inner, add)
      free([inner, around], [input])
      return output
    },
  }
}

/** The shortcut without a stack. The identity is a copy, because a layer's output is its own to free. */
function alone(id: string, shortcut: readonly Layer[]): Layer {
  if (shortcut.length > 0) {
    return {
      id,
      variables: shortcut.flatMap((layer) => layer.variables),
      train: (input) => trainInTurn(shortcut, input),
      evaluate: (input, watch) => evaluateInTurn(shortcut, input, watch),
    }
  }
  return {
    id,
    variables: [],
    train: (input) => ({
      output: input.clone(),
      backward: (upstream, _gradients, wantsInput) => (wantsInput ? upstream.clone() : null),
    }),
    evaluate: (input) => input.clone(),
  }
}

/** Disposes of each tensor once, but for those that belong to the caller. */
function free(tensors: readonly (tf.Tensor | null)[], kept: readonly tf.Tensor[]): void {
  for (const tensor of new Set(tensors)) if (tensor && !kept.includes(tensor)) tensor.dispose()
}
