import type { ErrorMessage } from '#shared/contract/errors.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { TrainedNetwork } from '../trained-network.ts'

/** A quantity measured once in every round. */
export interface Spread {
  readonly median: number
  /** Half of the rounds lay between these two. */
  readonly quartiles: readonly [number, number]
  readonly range: readonly [number, number]
}

/** Where a training step spends its time, in milliseconds; medians over the timed steps. */
export interface StepProfile {
  readonly stepMs: number
  /** Half of the steps lay between these two. */
  readonly stepQuartilesMs: readonly [number, number]
  /** The fastest and the slowest step. */
  readonly stepRangeMs: readonly [number, number]
  /** In the network's order; neighbours that compute as one are named together. */
  readonly layers: readonly { readonly id: string; readonly forwardMs: number; readonly backwardMs: number }[]
  readonly lossMs: number
  readonly optimizerMs: number
  /** Counting hits, looking for NaN, clipping, freeing. */
  readonly otherMs: number
}

export interface TrainingBenchmark extends StepProfile {
  readonly network: string
  readonly backend: string
  readonly backendVersion: string
  readonly kernels: string | null
  readonly threads: number
  readonly batchSize: number
  readonly steps: number
}

/** How fast one kernel computed one layer. */
export interface KernelSpeed {
  /** Of one call. */
  readonly ms: Spread
  /** Multiply-adds in 10⁹ a second. */
  readonly gmacPerSecond: Spread
  /** Of the peak of this kind of kernel, signs or floats, measured in the same round. */
  readonly shareOfPeak: Spread
}

/** A binary kernel beside the float ones: how many times as fast, taken within each round. */
export interface BinaryKernelSpeed extends KernelSpeed {
  readonly timesFloat: Spread
  /** Null without TensorFlow. */
  readonly timesTensorflow: Spread | null
  /** Against the faster float kernel of each round. */
  readonly timesFastestFloat: Spread
}

export interface LayerBenchmark {
  /** Such as "3×3, 256→256 at 14²". */
  readonly name: string
  readonly batch: number
  /** Multiply-adds of one call. */
  readonly macs: number
  /** Floats in and out, as a training step calls it: the signs of input and weights are packed in the call. */
  readonly binary: BinaryKernelSpeed
  /** The same with weights that were packed before, as packed inference calls it. */
  readonly packed: BinaryKernelSpeed
  /** Our kernel for 32-bit weights. */
  readonly float: KernelSpeed
  /** TensorFlow's own, or null without TensorFlow. */
  readonly tensorflow: KernelSpeed | null
}

/** Which TensorFlow was measured, or why none was. */
export interface TensorflowMeasured {
  readonly version: string | null
  readonly missing: string | null
}

export interface KernelsBenchmark {
  readonly instructionSet: string
  /** Instruction sets that this machine has; `SIGNUM_ISA` chooses another one. */
  readonly available: readonly string[]
  readonly threads: number
  readonly rounds: number
  readonly tensorflow: TensorflowMeasured
  /** Multiply-adds in 10⁹ a second of loops on registers and the L1 cache, all threads together. */
  readonly peaks: { readonly popcount: Spread; readonly fma: Spread }
  readonly layers: readonly LayerBenchmark[]
}

/** How long a network takes to answer for a batch of images: from an array of pixels to an array of class scores. */
export interface Latency {
  /** Of the whole batch. */
  readonly ms: Spread
  readonly microsecondsPerImage: number
  /** Medians, in the order of the network. */
  readonly parts: readonly { readonly name: string; readonly ms: number }[]
  /** What no part takes: copying, checking, the calls themselves. */
  readonly otherMs: number
  /** Where the time goes. */
  readonly explanation: string
}

export interface BatchBenchmark {
  readonly batch: number
  readonly float: Latency
  readonly packed: Latency
  /** How many times as fast packed bits are, taken within each round. */
  readonly timesFloat: Spread
}

export interface InferenceBenchmark {
  readonly network: string
  /** The run whose weights were used; null for freshly initialised ones. */
  readonly runId: string | null
  /** What multiplies the floats, such as "TensorFlow 2.21.0": all of them, those of binary layers too. */
  readonly float: string
  readonly tensorflow: TensorflowMeasured
  readonly instructionSet: string
  readonly threads: number
  readonly rounds: number
  readonly batches: readonly BatchBenchmark[]
}

/** Shell to benchmarking engine: one question, then it ends. */
export type BenchmarkCommand =
  | {
      readonly type: 'train'
      readonly specs: readonly NetworkSpec[]
      readonly settings: TrainingSettings
      readonly steps: number
    }
  | {
      readonly type: 'kernels'
      readonly backend: TrainingSettings['backend']
      readonly threads: number
      readonly rounds: number
    }
  | {
      readonly type: 'infer'
      readonly spec: NetworkSpec
      /** Null for freshly initialised weights. */
      readonly trained: TrainedNetwork | null
      readonly backend: TrainingSettings['backend']
      readonly threads: number
      readonly rounds: number
    }

/** What each question is answered with. */
export interface BenchmarkAnswers {
  readonly train: readonly TrainingBenchmark[]
  readonly kernels: KernelsBenchmark
  readonly infer: InferenceBenchmark
}

/** Benchmarking engine to shell. */
export type BenchmarkReport =
  | { readonly type: 'progress'; readonly round: number; readonly rounds: number }
  | { readonly type: 'measured'; readonly answer: BenchmarkAnswers[keyof BenchmarkAnswers] }
  | { readonly type: 'failed'; readonly error: ErrorMessage }
