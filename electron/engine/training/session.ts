import { SignumError } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Network } from '../network.ts'
import type { Operations } from '../operations/operation.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { RandomStreams } from '../random.ts'
import {
  BEST_FILE,
  CHECKPOINT_SCHEMA,
  OPTIMIZER_FILE,
  WEIGHTS_FILE,
  type CheckpointState,
  type Position,
} from './checkpoint/format.ts'
import type { Checkpoint } from './checkpoint/read.ts'
import { packVariables, restoreVariables } from './checkpoint/tensors.ts'
import { writeCheckpoint } from './checkpoint/write.ts'
import { EarlyStopping } from './early-stopping.ts'
import type { Evaluation } from './evaluation.ts'
import { ImageStream, type ImageSource } from './image-stream.ts'
import { LearningRate } from './learning-rate.ts'
import type { TrainingPlan } from './plan.ts'
import { Trainer, type StepResult } from './trainer.ts'

const NO_SUMS = { loss: 0, hits: 0, images: 0 }

export interface SessionParts extends ImageSource {
  readonly plan: TrainingPlan
  readonly network: Network
  readonly optimizer: Optimizer
  readonly operations: Operations
  readonly random: RandomStreams
  readonly settings: SessionSettings
}

/** The settings that shape every step. */
export type SessionSettings = Pick<
  TrainingSettings,
  'shuffle' | 'learningRate' | 'schedule' | 'warmupEpochs' | 'epochs' | 'augmentation' | 'earlyStopping'
>

/** A training under way: everything that changes from step to step, and how it is saved and restored. */
export class TrainingSession {
  readonly #parts: SessionParts
  readonly #trainer: Trainer
  /** Of every step; its base may be changed between two of them. */
  readonly learningRate: LearningRate
  readonly #images: ImageStream
  readonly #earlyStopping: EarlyStopping | null
  #position: Position = { epochsDone: 0, epochSteps: 0, steps: 0, seconds: 0, epochSeconds: 0, sums: NO_SUMS }

  constructor(parts: SessionParts) {
    this.#parts = parts
    const { plan, network, optimizer, operations, random, settings } = parts
    this.#trainer = new Trainer(network, optimizer, operations)
    this.learningRate = new LearningRate(settings, plan.stepsPerEpoch)
    this.#images = new ImageStream(plan, parts, random, settings)
    this.#earlyStopping = settings.earlyStopping && new EarlyStopping(settings.earlyStopping, network.variables)
  }

  get position(): Position {
    return this.#position
  }

  get epochTrained(): boolean {
    return this.#position.epochSteps >= this.#parts.plan.stepsPerEpoch
  }

  /** Trains on the next batch. Throws as `Trainer.step`. */
  step(): StepResult & { readonly images: number } {
    const { plan, network } = this.#parts
    const { epochSteps, steps, sums } = this.#position
    network.progress.share = steps / plan.totalSteps
    const batch = this.#images.batch(epochSteps)
    const images = batch.classes.length
    try {
      const result = this.#trainer.step(batch, steps + 1, this.learningRate.at(steps + 1))
      this.#position = {
        ...this.#position,
        epochSteps: epochSteps + 1,
        steps: steps + 1,
        sums: { loss: sums.loss + result.loss, hits: sums.hits + result.hits, images: sums.images + images },
      }
      return { ...result, images }
    } finally {
      batch.dispose()
    }
  }

  /** Whether there is no further epoch to train. */
  get isDone(): boolean {
    const { epochsDone } = this.#position
    return epochsDone >= this.#parts.plan.epochs || this.#earlyStopping?.isExhausted(epochsDone) === true
  }

  /**
   * To be called when the epoch that is under way has been evaluated.
   *
   * @param evaluation what early stopping watches.
   */
  finishEpoch(evaluation: Pick<Evaluation, 'loss' | 'accuracy'>): void {
    const { epochsDone } = this.#position
    this.#earlyStopping?.observe(epochsDone + 1, evaluation)
    this.#position = { ...this.#position, epochsDone: epochsDone + 1, epochSteps: 0, epochSeconds: 0, sums: NO_SUMS }
    this.#images.nextEpoch()
  }

  /**
   * Gives the network the weights of its best epoch, where early stopping has watched for it: the end of the training.
   *
   * @returns that epoch, or null without early stopping.
   */
  takeBest(): number | null {
    return this.#earlyStopping?.takeBest() ?? null
  }

  recordTime(seconds: number, epochSeconds: number): void {
    this.#position = { ...this.#position, seconds, epochSeconds }
  }

  /**
   * Writes a checkpoint of this very moment.
   *
   * @returns its path.
   * @throws SignumError `data_folder_unwritable`, or `diverged` when a weight is no number.
   */
  async save(folder: string): Promise<string> {
    const { network, optimizer, random } = this.#parts
    const weights = packVariables(network.variables)
    const moments = packVariables(optimizer.variables)
    const best = this.#earlyStopping?.kept
    this.#requireFinite(weights.bytes)
    const state: CheckpointState = {
      schema: CHECKPOINT_SCHEMA,
      position: this.#position,
      learningRate: this.learningRate.base,
      random: {
        order: [...this.#images.orderState],
        dropout: [...random.dropout.state()],
        augmentation: [...random.augmentation.state()],
      },
      optimizer: { type: optimizer.type, steps: optimizer.steps },
      ...(best && { earlyStopping: best.state }),
      files: {
        [WEIGHTS_FILE]: weights.file,
        [OPTIMIZER_FILE]: moments.file,
        ...(best && { [BEST_FILE]: best.weights.file }),
      },
    }
    return writeCheckpoint(folder, state, weights.bytes, moments.bytes, best?.weights.bytes)
  }

  /** @throws SignumError `checkpoint_damaged` when it was written with another network or other settings. */
  restore({ path, state, weights, optimizer, best }: Checkpoint): void {
    const { plan, network, optimizer: own, random } = this.#parts
    if (state.optimizer.type !== own.type || state.position.epochSteps > plan.stepsPerEpoch) {
      throw new SignumError(
        'checkpoint_damaged',
        `The checkpoint ${path} was written with other settings. Start the run again.`,
      )
    }
    restoreVariables(network.variables, weights, state.files[WEIGHTS_FILE])
    restoreVariables(own.variables, optimizer, state.files[OPTIMIZER_FILE])
    own.steps = state.optimizer.steps
    this.#images.restore(state.random.order, state.position.epochSteps)
    random.dropout.restore(state.random.dropout)
    if (state.random.augmentation) random.augmentation.restore(state.random.augmentation)
    const bestFile = state.files[BEST_FILE]
    if (state.earlyStopping && bestFile && best) {
      this.#earlyStopping?.restore(state.earlyStopping, { bytes: best, file: bestFile })
    }
    if (state.learningRate !== undefined) this.learningRate.base = state.learningRate
    this.#position = state.position
  }

  dispose(): void {
    this.#parts.network.dispose()
    this.#parts.optimizer.dispose()
  }

  #requireFinite(weights: Uint8Array): void {
    if (new Float32Array(weights.buffer).every(Number.isFinite)) return
    throw new SignumError(
      'diverged',
      `A weight is no longer a number after step ${this.#position.steps}. Train again with a smaller learning rate.`,
      { place: { field: 'settings.learningRate' } },
    )
  }
}
