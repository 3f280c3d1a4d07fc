import type { Tensor } from '@tensorflow/tfjs-core'
import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import { evaluateInTurn } from './layers/evaluate.ts'
import { buildLayers } from './layers/fuse.ts'
import type { Gradients, Layer, LayerTools, LayerVariable, Pass } from './layers/layer.ts'

/** A forward pass in training with the way back through every layer. */
export interface NetworkPass {
  readonly logits: Tensor
  /** Gradients of all trainable variables, from the gradient of the logits. */
  backward(upstream: Tensor): Gradients
}

/** A network's layers in order, with their variables. Own it: `dispose` frees the variables. */
export class Network {
  readonly layers: readonly Layer[]
  readonly variables: readonly LayerVariable[]
  /** Set by whoever trains, before each step. */
  readonly progress: { share: number }
  readonly #firstTrainable: number

  constructor(layers: readonly Layer[], progress = { share: 0 }) {
    this.layers = layers
    this.progress = progress
    this.variables = layers.flatMap((layer) => layer.variables)
    this.#firstTrainable = layers.findIndex((layer) => layer.variables.some(({ trainable }) => trainable))
  }

  /** Runs inside the caller's `tf.tidy`; running statistics follow the batch. */
  train(images: Tensor): NetworkPass {
    const passes: Pass[] = []
    let signal = images
    for (const layer of this.layers) {
      const pass = layer.train(signal)
      passes.push(pass)
      signal = pass.output
    }
    return { logits: signal, backward: (upstream) => this.#backward(passes, upstream) }
  }

  /** Class scores of a batch, with running statistics and without dropout, inside the caller's `tf.tidy`. */
  evaluate(images: Tensor): Tensor {
    return evaluateInTurn(this.layers, images)
  }

  dispose(): void {
    for (const { variable } of this.variables) variable.dispose()
  }

  /** Walks back, freeing each activation when its last reader is done: the peak stays near one forward pass. */
  #backward(passes: readonly Pass[], upstream: Tensor): Gradients {
    const gradients: Gradients = new Map()
    let gradient: Tensor | null = upstream
    for (let index = passes.length - 1; index >= this.#firstTrainable && gradient; index--) {
      const pass: Pass = passes[index]!
      const next: Tensor | null = pass.backward(gradient, gradients, index > this.#firstTrainable)
      gradient.dispose()
      pass.output.dispose()
      gradient = next
    }
    return gradients
  }
}

/**
 * Builds an analysed network without problems, its weights drawn from `tools.random.weights`. Where the operations
 * have fused ones, neighbours that these cover become one layer with the same variables.
 */
export function buildNetwork(analysis: NetworkAnalysis, tools: LayerTools): Network {
  const progress = { share: 0 }
  return new Network(buildLayers(analysis.layers, { ...tools, progress }), progress)
}
