import type { ConvolutionGeometry, PaddingValue } from '#shared/bits/convolution.ts'
import type { PoolingGeometry } from '#shared/bits/pooling.ts'
import type { ActivationKind, PoolingWindow, Sides } from './plan/stages.ts'

/** What both addons say about themselves. */
export interface AddonDescription {
  readonly instructionSet: InstructionSet
  /** What this machine could use. */
  readonly available: readonly InstructionSet[]
  readonly threads: number
  /** Why `SIGNUM_ISA` was not followed, or null. */
  readonly problem: string | null
}

export type InstructionSet = 'scalar' | 'avx2' | 'avx512' | 'neon'

export interface AddonSettings {
  describe(): AddonDescription
  /** 1 to 64, the calling thread included. */
  setThreadCount(threads: number): void
  useInstructionSet(instructionSet: InstructionSet): void
}

/** Rows of channels: NHWC pixels or images of features. */
export interface NormalisationShape {
  readonly rows: number
  readonly channels: number
}

/** Images before a 2×2 maximum with stride 2. */
export interface PooledNormalisationShape {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * The C++ kernels. Arrays have exactly the sizes that the shapes give; outputs are written whole and share memory with
 * no other argument. What does not fit throws a TypeError or RangeError that names the argument.
 *
 * Images are NHWC, convolution weights HWIO, dense weights [input, output]: a dense layer is the convolution of one
 * pixel (`denseGeometry`). Binary operations take floats by their signs.
 */
export interface Kernels extends AddonSettings {
  /** For images of one shape. */
  readonly PackedPlan: new (height: number, width: number, channels: number) => PackedPlan

  /** One row of `wordsFor(count)` words, as shared/bits/layout.ts states them. */
  packSigns(count: number, values: Float32Array, halves: Uint32Array): void
  /** Adds one to the count of every value whose sign differs, up to 65,535. Returns how many differ. */
  countFlips(count: number, signs: Uint32Array, before: Uint32Array, counts: Uint16Array): number

  binaryConvolution(
    geometry: ConvolutionGeometry,
    paddingValue: PaddingValue,
    x: Float32Array,
    weights: Float32Array,
    bias: Float32Array | null,
    y: Float32Array,
  ): void
  /** `x` null: no cancellation; else the gradient passes where |x| <= threshold. */
  binaryConvolutionInputGradient(
    geometry: ConvolutionGeometry,
    dy: Float32Array,
    weights: Float32Array,
    x: Float32Array | null,
    threshold: number,
    dx: Float32Array,
  ): void
  binaryConvolutionWeightGradient(
    geometry: ConvolutionGeometry,
    paddingValue: PaddingValue,
    x: Float32Array,
    dy: Float32Array,
    dw: Float32Array,
  ): void

  convolution(
    geometry: ConvolutionGeometry,
    x: Float32Array,
    weights: Float32Array,
    bias: Float32Array | null,
    y: Float32Array,
  ): void
  convolutionInputGradient(
    geometry: ConvolutionGeometry,
    dy: Float32Array,
    weights: Float32Array,
    dx: Float32Array,
  ): void
  convolutionWeightGradient(geometry: ConvolutionGeometry, x: Float32Array, dy: Float32Array, dw: Float32Array): void
  /** The gradient of a bias. */
  sumColumns(rows: number, columns: number, values: Float32Array, sums: Float32Array): void

  /** Mean and biased variance of each channel. */
  moments(shape: NormalisationShape, x: Float32Array, mean: Float32Array, variance: Float32Array): void
  /** y = (x - mean) / sqrt(variance + epsilon) · scale + shift, then tanh if asked for. */
  normalise(
    shape: NormalisationShape,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    epsilon: number,
    tanh: boolean,
    x: Float32Array,
    y: Float32Array,
  ): void
  /** For the statistics of the batch itself. */
  normaliseGradient(
    shape: NormalisationShape,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    epsilon: number,
    tanh: boolean,
    x: Float32Array,
    y: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
    dscale: Float32Array,
    dshift: Float32Array,
  ): void
  /** As `normalise`, then the largest of each 2×2 window, which of the four it was, and x there. */
  normalisePool(
    shape: PooledNormalisationShape,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    epsilon: number,
    tanh: boolean,
    x: Float32Array,
    y: Float32Array,
    choice: Uint8Array,
    chosen: Float32Array,
  ): void
  normalisePoolGradient(
    shape: PooledNormalisationShape,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    epsilon: number,
    tanh: boolean,
    x: Float32Array,
    y: Float32Array,
    choice: Uint8Array,
    chosen: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
    dscale: Float32Array,
    dshift: Float32Array,
  ): void

  /** Windows of at most 16×16; the first of equal values is chosen. */
  maxPooling(shape: PoolingGeometry, x: Float32Array, y: Float32Array, choice: Uint8Array): void
  maxPoolingGradient(shape: PoolingGeometry, choice: Uint8Array, dy: Float32Array, dx: Float32Array): void
  /** Windows of any size. */
  averagePooling(shape: PoolingGeometry, x: Float32Array, y: Float32Array): void
  averagePoolingGradient(shape: PoolingGeometry, dy: Float32Array, dx: Float32Array): void
  /** y = v > 0 ? v : v · slope, plus `after`, where v = x - before; each by channel. */
  rectifier(
    shape: NormalisationShape,
    before: Float32Array,
    slope: Float32Array,
    after: Float32Array,
    x: Float32Array,
    y: Float32Array,
  ): void
  /** 0 counts as negative. */
  rectifierGradient(
    shape: NormalisationShape,
    before: Float32Array,
    slope: Float32Array,
    x: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
    dslope: Float32Array,
    dbefore: Float32Array,
    dafter: Float32Array,
  ): void
  add(count: number, a: Float32Array, b: Float32Array, sums: Float32Array): void
  /** At least `low` and at most `high`; NaN stays. */
  clamp(count: number, low: number, high: number, x: Float32Array, y: Float32Array): void
  /** The gradient passes where low < x < high. */
  clampGradient(count: number, low: number, high: number, x: Float32Array, dy: Float32Array, dx: Float32Array): void
  tanh(count: number, x: Float32Array, y: Float32Array): void
  tanhGradient(count: number, y: Float32Array, dy: Float32Array, dx: Float32Array): void
  signs(count: number, x: Float32Array, y: Float32Array): void
  cancelGradient(count: number, threshold: number, x: Float32Array, dy: Float32Array, dx: Float32Array): void
  /** Losses of each row and the gradient of their mean. */
  crossEntropy(
    rows: number,
    classes: number,
    logits: Float32Array,
    labels: Int32Array,
    losses: Float32Array,
    gradient: Float32Array,
  ): void
  /** Whether no value is infinite or NaN. */
  allFinite(count: number, values: Float32Array): boolean
  /** One step, in place; `step` is 1 for the first, and the weights are kept in [-clip, clip]. */
  adam(
    count: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    step: number,
    clip: number,
    gradient: Float32Array,
    weights: Float32Array,
    first: Float32Array,
    second: Float32Array,
  ): void

  /**
   * The most this processor can do, on all threads: multiply-adds of signs (XOR, count, add), or of floats, by loops on
   * registers and the L1 cache. Returns how many of them `rounds` were; time the call.
   */
  peakOfSigns(rounds: number): number
  peakOfFloats(rounds: number): number
}

/**
 * A packed network in C++: stages are added in order, each checked against what the one before gives. A comparison after
 * a convolution becomes part of it.
 */
export interface PackedPlan {
  addConvolution(geometry: ConvolutionGeometry, weights: Float32Array, bias: Float32Array | null): void
  /** `filters`: rows of bits as in shared/bits/layout.ts. */
  addBinaryConvolution(
    geometry: ConvolutionGeometry,
    paddingValue: PaddingValue,
    filters: Uint32Array,
    bias: Float32Array | null,
  ): void
  addComparison(values: Float32Array, inverted: Uint8Array): void
  addBitPooling(window: PoolingWindow, smallest: Uint8Array): void
  addPooling(window: PoolingWindow, mean: boolean): void
  /** The mean of each channel, as one pixel. */
  addGlobalMean(): void
  /** Joins the stage before where that is a convolution, as a comparison does. */
  addAffine(scale: Float32Array, shift: Float32Array): void
  /** y = v > 0 ? v : v · slope, plus `after`, where v = x - before. */
  addRectifier(before: Float32Array, slope: Float32Array, after: Float32Array): void
  addActivation(kind: ActivationKind): void
  addFlatten(): void
  addBorder(sides: Sides, value: number): void
  /** `ones`: the bit of each channel of a pixel in the border. */
  addBitBorder(sides: Sides, ones: Uint8Array): void
  addUnpacking(): void
  /** Sets the floats here aside; the next stage still takes them. */
  keep(): void
  /** Exchanges the floats here with those kept last. */
  swap(): void
  /** The floats here plus those kept last, which are then no longer kept. */
  addSum(): void
  /** The channels of the floats here, then those of the floats kept last, which are then no longer kept. */
  addConcatenation(): void
  run(count: number, images: Float32Array, outputs: Float32Array): void
  /** What leaves one stage, what joined a convolution counting with it; bits as +1 and -1. */
  runTo(stage: number, count: number, images: Float32Array, outputs: Float32Array): void
  /**
   * As `run`, but one group of images after the other, which only on one thread takes as long; a stage may still share its
   * work among threads. `milliseconds` gets what each stage took.
   */
  profile(count: number, images: Float32Array, outputs: Float32Array, milliseconds: Float32Array): void
  /** What joined a convolution counts with it. */
  stageCount(): number
}

/** The addon that registers our operations with the TensorFlow that tfjs-node has loaded before. */
export interface TensorflowKernels extends AddonSettings {
  /** Does nothing the second time. */
  registerOperations(): void
}

/** A dense layer as a convolution. */
export function denseGeometry(batch: number, inputs: number, outputs: number): ConvolutionGeometry {
  return {
    batch,
    height: 1,
    width: 1,
    inChannels: inputs,
    outChannels: outputs,
    kernelHeight: 1,
    kernelWidth: 1,
    stride: 1,
    dilation: 1,
    padding: 0,
  }
}
