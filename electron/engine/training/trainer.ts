import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import type { Batch } from '../datasets/batch.ts'
import type { Gradients, LayerVariable } from '../layers/layer.ts'
import type { Network } from '../network.ts'
import type { Operations } from '../operations/operation.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { StepRate } from './learning-rate.ts'
import { countHits, meanOf } from './scores.ts'

export interface StepResult {
  /** Mean loss of the batch before the update. */
  readonly loss: number
  /** Images whose highest score is the right class. */
  readonly hits: number
}

/** One training step: forward, backward, update, clipping. */
export class Trainer {
  readonly #network: Network
  readonly #optimizer: Optimizer
  readonly #operations: Operations
  readonly #clipped: readonly LayerVariable[]

  constructor(network: Network, optimizer: Optimizer, operations: Operations) {
    this.#network = network
    this.#optimizer = optimizer
    this.#operations = operations
    // Weights that Bop flips are ±1, no larger and no smaller.
    const isFlipped = ({ binary }: LayerVariable) => binary && optimizer.type === 'bop'
    this.#clipped = network.variables.filter((weight) => weight.clip !== null && !isFlipped(weight))
  }

  /**
   * @param number of the step, 1 for the first, to name it when it fails.
   * @throws SignumError `diverged` when the loss or a gradient is no number; the weights stay as they were. The
   * gradients are asked too because max pooling and sign can hide a NaN from the loss.
   */
  step({ images, labels, classes }: Batch, number: number, rate: StepRate): StepResult {
    return tf.tidy(() => {
      const { logits, backward } = this.#network.train(images)
      const { losses, gradient } = this.#operations.crossEntropy(logits, labels)
      const loss = meanOf(losses)
      if (!Number.isFinite(loss)) throw diverged(`The loss became ${loss}`, number)
      const hits = countHits(logits, classes)
      const gradients = backward(gradient)
      if (!areFinite(gradients)) throw diverged('A gradient is no longer a number', number)
      this.#optimizer.apply(gradients, rate)
      this.#clip()
      return { loss, hits }
    })
  }

  #clip(): void {
    for (const { variable, clip } of this.#clipped) variable.assign(tf.clipByValue(variable, -clip!, clip!))
  }
}

/** One sum over everything: infinities and NaN survive it. */
function areFinite(gradients: Gradients): boolean {
  const sums = [...gradients.values()].map((gradient) => tf.sum(gradient))
  return Number.isFinite(tf.addN(sums).dataSync()[0])
}

function diverged(what: string, step: number): SignumError {
  return new SignumError('diverged', `${what} in step ${step}. Train again with a smaller learning rate.`, {
    place: { field: 'settings.learningRate' },
  })
}
