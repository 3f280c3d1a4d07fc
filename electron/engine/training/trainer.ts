import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import type { Batch } from '../datasets/batch.ts'
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

/** One training step: forward, backward, update. */
export class Trainer {
  readonly #network: Network
  readonly #optimizer: Optimizer
  readonly #operations: Operations

  constructor(network: Network, optimizer: Optimizer, operations: Operations) {
    this.#network = network
    this.#optimizer = optimizer
    this.#operations = operations
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
      if (!this.#operations.areFinite([...gradients.values()]))
        throw diverged('A gradient is no longer a number', number)
      this.#optimizer.apply(gradients, rate)
      return { loss, hits }
    })
  }
}

function diverged(what: string, step: number): SignumError {
  return new SignumError('diverged', `${what} in step ${step}. Train again with a smaller learning rate.`, {
    place: { field: 'settings.learningRate' },
  })
}
