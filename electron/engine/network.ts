import type { Tensor } from '@tensorflow/tfjs-core'
import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import { buildLayers } from './layers/fuse.ts'
import { evaluateInTurn, trainInTurn } from './layers/in-turn.ts'
import type { Gradients, Layer, LayerTools, LayerVariable, Watch } from './layers/layer.ts'

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

  constructor(layers: readonly Layer[], progress = { share: 0 }) {
    this.layers = layers
    this.progress = progress
    this.variables = layers.flatMap((layer) => layer.variables)
  }

  /** Runs inside the caller's `tf.tidy`; running statistics follow the batch. */
  train(images: Tensor): NetworkPass {
    const pass = trainInTurn(this.layers, images)
    const backward = (upstream: Tensor) => {
      const gradients: Gradients = new Map()
      pass.backward(upstream, gradients, false)
      return gradients
    }
    return { logits: pass.output, backward }
  }

  /**
   * Class scores of a batch, with running statistics and without dropout, inside the caller's `tf.tidy`.
   *
   * @param watch is told what leaves every layer, at every depth.
   */
  evaluate(images: Tensor, watch?: Watch): Tensor {
    return evaluateInTurn(this.layers, images, watch)
  }

  dispose(): void {
    for (const { variable } of this.variables) variable.dispose()
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
