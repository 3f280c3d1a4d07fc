import * as tf from '@tensorflow/tfjs-core'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerType } from '#shared/model/layers/index.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { Operations } from '../operations/operation.ts'
import type { RandomStreams } from '../random.ts'

/** A tensor that a layer owns and that checkpoints hold: a weight, or a running statistic. */
export interface LayerVariable {
  /** The layer's id and PyTorch's name for it, such as "conv1.weight". */
  readonly name: string
  readonly variable: tf.Variable
  /** False for running statistics, which no optimiser touches. */
  readonly trainable: boolean
  /** Latent weights are kept in [-clip, clip] after every step; null lets them grow. */
  readonly clip: number | null
  /** Only its sign is used: a latent weight of a binary layer. */
  readonly binary: boolean
}

/** Gradients of the loss by the variable they belong to. */
export type Gradients = Map<LayerVariable, tf.Tensor>

/** One layer's part in a training step. */
export interface Pass {
  readonly output: tf.Tensor
  /**
   * Adds the gradients of the layer's variables to `gradients` and returns the input's.
   *
   * @returns null when `wantsInput` is false.
   */
  backward(upstream: tf.Tensor, gradients: Gradients, wantsInput: boolean): tf.Tensor | null
}

/** Is told what leaves a layer before it is freed. */
export type Watch = (layer: Layer, output: tf.Tensor) => void

/** One layer of a network with its variables. Training and evaluation run inside the caller's `tf.tidy`. */
export interface Layer {
  readonly id: string
  readonly variables: readonly LayerVariable[]
  train(input: tf.Tensor): Pass
  /** @param watch is told of the layers that this one holds. */
  evaluate(input: tf.Tensor, watch?: Watch): tf.Tensor
}

/** How far a training has got, for layers that change as it goes on. */
export interface TrainingProgress {
  /** Steps done of all there will be, from 0 to 1. */
  readonly share: number
}

/** What layers are built with. */
export interface LayerTools {
  readonly operations: Operations
  readonly random: RandomStreams
  /** Read in every training pass; without it training stands at its beginning. */
  readonly progress?: TrainingProgress
}

/** Makes a layer with freshly initialised variables for an input of this shape. */
export type LayerBuilder<Type extends LayerType> = (spec: LayerSpecOf<Type>, input: Signal, tools: LayerTools) => Layer

export function layerVariable(
  name: string,
  values: Float32Array,
  shape: number[],
  options: { trainable?: boolean; clip?: number | null; binary?: boolean } = {},
): LayerVariable {
  const { trainable = true, clip = null, binary = false } = options
  return { name, variable: tf.tidy(() => tf.variable(tf.tensor(values, shape), trainable)), trainable, clip, binary }
}
