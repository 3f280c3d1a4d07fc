import type { LayerActivation } from '#shared/contract/activations.ts'
import type { ErrorMessage } from '#shared/contract/errors.ts'
import type { Dataset } from '#shared/contract/methods.ts'
import type { Epoch, Mark, Progress, StepColumns } from '#shared/contract/runs.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { Predictions } from '#shared/predictions/predictions.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { TrainedNetwork } from './trained-network.ts'

export type { TrainedNetwork }

/**
 * The messages between the shell and an engine process. They travel by structured clone ("advanced" serialisation of
 * child processes, MessagePort of utility processes), so typed arrays arrive as typed arrays.
 */

/** What the engine found and chose; goes into the run's provenance. */
export interface EngineDescription {
  readonly backend: 'tensorflow' | 'native'
  /** Such as "TensorFlow 2.21.0". */
  readonly backendVersion: string
  /** Instruction set of the binary kernels, or null where none are used. */
  readonly kernels: string | null
  readonly threads: number
  readonly datasetSha256: string | null
}

/**
 * Environment variable of an engine: the backend that `auto` tries first. The shell sets it, which knows what was
 * measured on this machine and what a run began with; a person may set it for the shell, and is not measured for then.
 */
export const AUTO_BACKEND_VARIABLE = 'SIGNUM_AUTO_BACKEND'

export type BackendName = EngineDescription['backend']

export interface TrainingJob {
  readonly runId: string
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
  /** Folder for this run's checkpoints; the engine creates `epoch-NNNN` inside it. */
  readonly checkpointFolder: string
  /** Folder for what is recorded of its weights; absent, nothing is. */
  readonly snapshotFolder?: string
  /** Where to go on from: the newest whole checkpoint of `checkpointFolder`. */
  readonly resume: boolean
}

/** How far to train before the next pause. */
export type StepUnit = 'batch' | 'epoch'

/** Shell to training engine. */
export type TrainingCommand =
  | { readonly type: 'train'; readonly job: TrainingJob }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'step'; readonly unit: StepUnit }
  /** The base rate from the next step on. */
  | { readonly type: 'learningRate'; readonly learningRate: number }
  /** Write a checkpoint after the current step. */
  | { readonly type: 'save' }
  /** End after the current step, with a checkpoint. */
  | { readonly type: 'stop' }

/** Training engine to shell. */
export type TrainingReport =
  /** The network is built and the data is there; `epochs` and `step` tell where a resumed run goes on. */
  | {
      readonly type: 'started'
      readonly engine: EngineDescription
      readonly epochsDone: number
      readonly stepsDone: number
      readonly secondsDone: number
    }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'steps'; readonly columns: StepColumns }
  | { readonly type: 'epoch'; readonly epoch: Epoch; readonly stepMs: number; readonly predictions: Predictions }
  | { readonly type: 'checkpoint'; readonly epoch: number; readonly step: number; readonly folder: string }
  /** A frame of the watched weights has been written. */
  | { readonly type: 'snapshot'; readonly step: number }
  /** Something that does not keep the run from going on. */
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  /** The learning rate was changed. */
  | { readonly type: 'marked'; readonly mark: Mark }
  | {
      readonly type: 'finished'
      readonly stepMs: number
      readonly seconds: number
      /** The epoch whose weights the last checkpoint holds, where early stopping chose one. */
      readonly keptEpoch: number | null
      /** What should be known of how it ended; null where there is nothing unusual. */
      readonly remark: string | null
    }
  | { readonly type: 'stopped'; readonly seconds: number }
  | { readonly type: 'failed'; readonly error: ErrorMessage; readonly seconds: number }

/** Shell to inference engine; every request is answered under its `id`. */
export type InferenceCommand =
  | {
      readonly type: 'predict'
      readonly id: number
      readonly networks: readonly TrainedNetwork[]
      /** 28×28 bytes, 0 paper, 255 ink. */
      readonly pixels: Uint8Array
    }
  | {
      readonly type: 'evaluate'
      readonly id: number
      readonly network: TrainedNetwork
      readonly dataset: string
      readonly engine: 'float' | 'packed'
      readonly backend: TrainingSettings['backend']
      readonly threads: number | null
    }
  /** The file that a packed network is exported as. */
  | { readonly type: 'pack'; readonly id: number; readonly network: TrainedNetwork }
  /** As `predict`, by such a file, for each of `images`. */
  | {
      readonly type: 'predictPacked'
      readonly id: number
      readonly file: Uint8Array
      readonly images: readonly Uint8Array[]
    }
  /** As `evaluate`, by such a file. */
  | {
      readonly type: 'evaluatePacked'
      readonly id: number
      readonly file: Uint8Array
      readonly dataset: string
      readonly threads: number | null
    }
  /** What leaves each layer for one image. */
  | {
      readonly type: 'activations'
      readonly id: number
      readonly network: TrainedNetwork
      readonly pixels: Uint8Array
    }
  | { readonly type: 'describe'; readonly id: number }
  /** Which datasets there are on this machine; answered without opening their files. */
  | { readonly type: 'datasets'; readonly id: number }
  | {
      readonly type: 'samples'
      readonly id: number
      readonly dataset: string
      readonly split: 'train' | 'test'
      readonly indices: readonly number[]
    }
  | { readonly type: 'labels'; readonly id: number; readonly dataset: string; readonly split: 'train' | 'test' }

/** Inference engine to shell. */
export type InferenceReport =
  | {
      readonly type: 'answers'
      readonly id: number
      readonly answers: readonly { runId: string; probabilities: number[]; microseconds: number }[]
    }
  | { readonly type: 'packed'; readonly id: number; readonly file: Uint8Array }
  | {
      readonly type: 'packedAnswers'
      readonly id: number
      readonly answers: readonly { probabilities: number[]; microseconds: number }[]
    }
  | {
      readonly type: 'evaluation'
      readonly id: number
      readonly testAccuracy: number
      readonly images: number
      readonly microsecondsPerImage: number
    }
  | { readonly type: 'activations'; readonly id: number; readonly layers: readonly LayerActivation[] }
  | { readonly type: 'description'; readonly id: number; readonly engine: EngineDescription }
  | { readonly type: 'datasets'; readonly id: number; readonly datasets: readonly Dataset[] }
  /** One image after the other. */
  | { readonly type: 'samples'; readonly id: number; readonly pixels: Uint8Array; readonly labels: Uint8Array }
  | { readonly type: 'labels'; readonly id: number; readonly labels: Uint8Array }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage }

export type * from './benchmark/messages.ts'

/** Entry files of the engine: one process for a training run, one for everything interactive. */
export type EngineRole = 'training' | 'inference'
