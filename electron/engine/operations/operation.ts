import type { Tensor, Variable } from '@tensorflow/tfjs-core'

/**
 * What a forward pass returns: its output and the way back.
 *
 * `gradient` takes the gradient of the loss with respect to the output, is called at most once, and inside the same
 * `tf.tidy` as the forward pass: what an operation keeps for it is disposed when that tidy ends.
 */
export interface Differentiable<Gradients> {
  readonly output: Tensor
  gradient(upstream: Tensor): Gradients
}

/** As `Differentiable`, for operations whose input may be the images, which need no gradient. */
export interface Weighted {
  readonly output: Tensor
  /** `input` is null unless `wantsInput`; `bias` is null where there is none. */
  gradient(upstream: Tensor, wantsInput: boolean): WeightedGradients
}

export interface WeightedGradients {
  readonly input: Tensor | null
  readonly weight: Tensor
  readonly bias: Tensor | null
}

export interface ConvolutionGeometry {
  readonly stride: number
  readonly padding: number
  /** What stands around the image. */
  readonly paddingValue: number
  /** Divides input and output channels; the weights are [height, width, input / groups, output]. */
  readonly groups: number
}

/** Pixels added on each side of an image. */
export interface Sides {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export interface PoolingGeometry {
  readonly kernelSize: number
  readonly stride: number
  readonly padding: number
}

export interface RectifierParameters {
  /** One for each channel. */
  readonly slope: Tensor
  /** What is taken off before and added after, for each channel. */
  readonly shifts: { readonly before: Tensor; readonly after: Tensor } | null
}

export type Rectified = Differentiable<RectifierParameters & { readonly input: Tensor }>

export type ClippedQuantisation = Differentiable<{ readonly input: Tensor; readonly alpha: Tensor }>

export interface NormalisationGradients {
  readonly input: Tensor
  readonly scale: Tensor
  readonly shift: Tensor
}

/** Batch normalisation in training, with the statistics of the batch for the running ones. */
export interface BatchNormalisation extends Differentiable<NormalisationGradients> {
  readonly mean: Tensor
  /** Divided by count - 1, as PyTorch's running variance. */
  readonly unbiasedVariance: Tensor
}

export interface ChannelStatistics {
  readonly mean: Tensor
  readonly variance: Tensor
}

export interface CrossEntropy {
  /** One loss an image. */
  readonly losses: Tensor
  /** Gradient of the mean loss with respect to the logits. */
  readonly gradient: Tensor
}

export interface AdamMoments {
  readonly first: Variable
  readonly second: Variable
}

export interface AdamCoefficients {
  readonly learningRate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Steps done, this one included; 1 for the first. */
  readonly step: number
}

export interface DescentCoefficients {
  readonly learningRate: number
  readonly momentum: number
  readonly nesterov: boolean
}

export interface FlipCoefficients {
  /** Share of the newest gradient in the average. */
  readonly gamma: number
  readonly threshold: number
}

/** Neighbouring layers as one operation: fewer passes over the data, the same values to rounding. */
export interface FusedOperations {
  /** `binarize`, then `binaryConvolution`. */
  binarizedConvolution(input: Tensor, latent: Tensor, geometry: ConvolutionGeometry, threshold: number | null): Weighted
  /** `binarize`, then `binaryDense`. */
  binarizedDense(input: Tensor, latent: Tensor, bias: Tensor | null, threshold: number | null): Weighted
  /** `batchNormalisation`, then `tanh`. */
  normalisedTanh: Operations['batchNormalisation']
  /** `batchNormalisation`, then the largest of each 2×2 window. */
  normalisedPooling: Operations['batchNormalisation']
  /** `batchNormalisation`, `tanh`, then the largest of each 2×2 window. */
  normalisedTanhPooling: Operations['batchNormalisation']
}

/**
 * The arithmetic of the engine. A backend takes `referenceOperations` and replaces what it can do faster; layers,
 * optimisers and the training loop call nothing else.
 *
 * Images are [batch, height, width, channels], convolution weights [height, width, input, output], dense weights
 * [input, output]. Binary operations take latent weights and binarise them themselves.
 */
export interface Operations {
  /** sign with sign(0) = sign(-0) = +1; the gradient passes where |input| <= threshold, everywhere for null. */
  binarize(input: Tensor, threshold: number | null): Differentiable<Tensor>
  convolution(input: Tensor, weight: Tensor, bias: Tensor | null, geometry: ConvolutionGeometry): Weighted
  /** `input` holds nothing but +1 and -1; the weight's gradient passes straight through. */
  binaryConvolution(input: Tensor, latent: Tensor, geometry: ConvolutionGeometry): Weighted
  dense(input: Tensor, weight: Tensor, bias: Tensor | null): Weighted
  binaryDense(input: Tensor, latent: Tensor, bias: Tensor | null): Weighted
  /** Over the last axis, with the biased variance of the batch. */
  batchNormalisation(input: Tensor, scale: Tensor, shift: Tensor, epsilon: number): BatchNormalisation
  /** The same with given statistics. */
  normalisation(input: Tensor, scale: Tensor, shift: Tensor, statistics: ChannelStatistics, epsilon: number): Tensor
  tanh(input: Tensor): Differentiable<Tensor>
  relu(input: Tensor): Differentiable<Tensor>
  hardtanh(input: Tensor): Differentiable<Tensor>
  /** The sum of two tensors of one shape. */
  add(first: Tensor, second: Tensor): Tensor
  /** Negative values times a slope, over the last axis; the gradient has the form of the parameters. */
  rectifier(input: Tensor, parameters: RectifierParameters): Rectified
  /** Clamps to [0, alpha] and rounds to 2^bits levels; `alpha` is a scalar. */
  clippedQuantisation(input: Tensor, alpha: Tensor, bits: number): ClippedQuantisation
  /** Pixels of `value` around images. */
  padding(image: Tensor, sides: Sides, value: number): Differentiable<Tensor>
  maxPooling(input: Tensor, geometry: PoolingGeometry): Differentiable<Tensor>
  averagePooling(input: Tensor, geometry: PoolingGeometry): Differentiable<Tensor>
  /** The mean of every channel over the image: [batch, channels]. */
  globalAveragePooling(input: Tensor): Differentiable<Tensor>
  /** `labels` are int32 class numbers. */
  crossEntropy(logits: Tensor, labels: Tensor): CrossEntropy
  /** Writes the signs of all values as one row of bits, which shared/bits/layout.ts describes. */
  packSigns(values: Tensor, halves: Uint32Array): void
  /** Whether no value of the tensors is infinite or NaN. */
  areFinite(tensors: readonly Tensor[]): boolean
  /** Moves a weight and its moments by one step of Adam, then keeps the weight in [-clip, clip]; null lets it grow. */
  adam(
    weight: Variable,
    gradient: Tensor,
    moments: AdamMoments,
    coefficients: AdamCoefficients,
    clip: number | null,
  ): void
  /** Moves a weight by one step of gradient descent; `velocity` is null without momentum. */
  descend(weight: Variable, gradient: Tensor, velocity: Variable | null, coefficients: DescentCoefficients): void
  /** Moves `average` towards the gradient of a weight of ±1 by one step of Bop, and flips what it pushes against. */
  flip(weight: Variable, gradient: Tensor, average: Variable, coefficients: FlipCoefficients): void
  /** Null where nothing is gained. */
  readonly fused: FusedOperations | null
}
