import type { TrainingSettings } from '#shared/model/training.ts'
import { createAugmenter, type PixelReader } from '../augmentation/augmenter.ts'
import { gatherBatch, type Batch } from '../datasets/batch.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { RandomState, RandomStreams } from '../random.ts'
import type { TrainingPlan } from './plan.ts'

/** Where training images come from. */
export interface ImageSource {
  readonly dataset: ImageDataset
  /** Places in the file of those that are trained on; absent, the first ones are, as many as planned. */
  readonly trained?: Uint32Array | undefined
}

/** The training images: epoch after epoch in an order of its own, cut into batches, augmented on the way. */
export class ImageStream {
  readonly #plan: TrainingPlan
  readonly #source: ImageSource
  readonly #random: RandomStreams
  readonly #shuffle: boolean
  readonly #augment: PixelReader | null
  /** Of this epoch, drawn when its first step needs it; null is the order of the file. */
  #order: Uint32Array | null | undefined
  #orderState: RandomState

  constructor(
    plan: TrainingPlan,
    source: ImageSource,
    random: RandomStreams,
    { shuffle, augmentation }: Pick<TrainingSettings, 'shuffle' | 'augmentation'>,
  ) {
    this.#plan = plan
    this.#source = source
    this.#random = random
    this.#shuffle = shuffle
    this.#augment = createAugmenter(augmentation, source.dataset, random.augmentation)
    this.#orderState = random.order.state()
  }

  /** Where the order stream stood when the epoch that is under way began. */
  get orderState(): RandomState {
    return this.#orderState
  }

  /** Images for the step after `epochSteps` of this epoch. Own the batch: `dispose` frees it. */
  batch(epochSteps: number): Batch {
    const { batchSize, images } = this.#plan
    const { dataset } = this.#source
    const from = epochSteps * batchSize
    const count = Math.min(batchSize, images - from)
    return gatherBatch(dataset, dataset.train, from, count, this.#currentOrder(), this.#augment ?? undefined)
  }

  nextEpoch(): void {
    this.#order = undefined
    this.#orderState = this.#random.order.state()
  }

  /** Goes on within an epoch, or before its first step where `epochSteps` is 0. */
  restore(orderState: RandomState, epochSteps: number): void {
    this.#random.order.restore(orderState)
    this.#order = undefined
    this.#orderState = orderState
    // Drawn now, so that the stream stands where the next epoch begins even if no step of this one is left.
    if (epochSteps > 0) this.#currentOrder()
  }

  #currentOrder(): Uint32Array | null {
    if (this.#order === undefined) this.#order = this.#nextOrder()
    return this.#order
  }

  #nextOrder(): Uint32Array | null {
    const { trained } = this.#source
    if (!this.#shuffle) return trained ?? null
    const order = this.#random.order.permutation(this.#plan.images)
    return trained ? order.map((index) => trained[index]!) : order
  }
}
