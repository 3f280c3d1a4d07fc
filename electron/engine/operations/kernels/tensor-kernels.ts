import type { Tensor } from '@tensorflow/tfjs-core'
import type { BatchNormalisation, ConvolutionGeometry } from '../operation.ts'

/** How a window moves over images; one of stride 1 for rows of features. */
export type Window = Pick<ConvolutionGeometry, 'stride' | 'padding'>

/**
 * Our C++ kernels on tensors, whichever runtime holds these. Images are [batch, height, width, channels] with weights
 * [height, width, input / groups, output], which tell the groups; features are [batch, input] with weights [input, output].
 */
export interface TensorKernels {
  /** Padding holds 0. */
  convolution(x: Tensor, weight: Tensor, bias: Tensor | null, window: Window): Tensor
  /** `x` gives its shape only. */
  convolutionInputGradient(dy: Tensor, weight: Tensor, x: Tensor, window: Window): Tensor
  /** `weight` gives its shape only. */
  convolutionWeightGradient(x: Tensor, dy: Tensor, weight: Tensor, window: Window): Tensor
  /** Sums over everything but the channels. */
  biasGradient(dy: Tensor): Tensor

  /** Of the signs of `x` and `weight`; padding holds -1, 0 or 1. */
  binaryConvolution(x: Tensor, weight: Tensor, bias: Tensor | null, geometry: ConvolutionGeometry): Tensor
  /** The gradient passes where |x| <= threshold, everywhere for null. */
  binaryConvolutionInputGradient(
    dy: Tensor,
    weight: Tensor,
    x: Tensor,
    window: Window,
    threshold: number | null,
  ): Tensor
  binaryConvolutionWeightGradient(x: Tensor, dy: Tensor, weight: Tensor, geometry: ConvolutionGeometry): Tensor

  /** Batch normalisation in training, with tanh after it where asked for. */
  batchNormalisation(x: Tensor, scale: Tensor, shift: Tensor, epsilon: number, tanh: boolean): BatchNormalisation
  /** The same and then the largest of each 2×2 window, for images of at least 2×2. */
  pooledBatchNormalisation(x: Tensor, scale: Tensor, shift: Tensor, epsilon: number, tanh: boolean): BatchNormalisation
}
