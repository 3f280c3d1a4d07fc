import type { EarlyStoppingSettings } from '#shared/model/early-stopping.ts'
import type { EarlyStoppingState, StoredFile } from './checkpoint/format.ts'
import { packVariables, restoreVariables, type NamedVariable } from './checkpoint/tensors.ts'
import type { Evaluation } from './evaluation.ts'

interface PackedWeights {
  readonly bytes: Uint8Array
  readonly file: StoredFile
}

/** Watches for the best epoch and keeps a copy of its weights. */
export class EarlyStopping {
  readonly #settings: EarlyStoppingSettings
  readonly #variables: readonly NamedVariable[]
  #state: EarlyStoppingState | null = null
  #weights: PackedWeights | null = null

  constructor(settings: EarlyStoppingSettings, variables: readonly NamedVariable[]) {
    this.#settings = settings
    this.#variables = variables
  }

  /** What a checkpoint holds of it; null before the first epoch. */
  get kept(): { readonly state: EarlyStoppingState; readonly weights: PackedWeights } | null {
    return this.#state && this.#weights && { state: this.#state, weights: this.#weights }
  }

  /** Whether training is to end after this epoch. */
  isExhausted(epochsDone: number): boolean {
    return this.#state !== null && epochsDone - this.#state.bestEpoch >= this.#settings.patience
  }

  /** Looks at an epoch whose weights the network has now. */
  observe(epoch: number, { loss, accuracy }: Pick<Evaluation, 'loss' | 'accuracy'>): void {
    const { monitor, minDelta } = this.#settings
    const value = monitor === 'loss' ? loss : accuracy
    if (this.#state && improvement(monitor, this.#state.bestValue, value) <= minDelta) return
    this.#state = { bestEpoch: epoch, bestValue: value }
    this.#weights = packVariables(this.#variables)
  }

  /** Gives the network the weights of the best epoch and returns its number, if there is one yet. */
  takeBest(): number | null {
    if (!this.#state || !this.#weights) return null
    restoreVariables(this.#variables, this.#weights.bytes, this.#weights.file)
    return this.#state.bestEpoch
  }

  restore(state: EarlyStoppingState, weights: PackedWeights): void {
    this.#state = state
    this.#weights = weights
  }
}

function improvement(monitor: EarlyStoppingSettings['monitor'], best: number, value: number): number {
  return monitor === 'loss' ? best - value : value - best
}
