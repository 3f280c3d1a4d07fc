import type { Tensor } from '@tensorflow/tfjs-core'
import type { ConvolutionGeometry, FusedOperations, Operations, Weighted } from '../operation.ts'
import type { TensorKernels } from './tensor-kernels.ts'

/** A dense layer is the convolution of one pixel. */
const ONE_PIXEL: ConvolutionGeometry = { stride: 1, padding: 0, paddingValue: 0, groups: 1 }

/** Layers with 32-bit weights. Our kernels pad with zeros; any other padding is left to `general`. */
export function floatOperations(
  kernels: TensorKernels,
  general: Operations['convolution'],
): Pick<Operations, 'convolution' | 'dense'> {
  const zeroPadded: Operations['convolution'] = (input, weight, bias, geometry) => ({
    output: kernels.convolution(input, weight, bias, geometry),
    gradient: (upstream, wantsInput) => ({
      weight: kernels.convolutionWeightGradient(input, upstream, weight, geometry),
      bias: bias && kernels.biasGradient(upstream),
      input: wantsInput ? kernels.convolutionInputGradient(upstream, weight, input, geometry) : null,
    }),
  })
  return {
    convolution(input, weight, bias, geometry) {
      const hasOtherPadding = geometry.padding > 0 && geometry.paddingValue !== 0
      return (hasOtherPadding ? general : zeroPadded)(input, weight, bias, geometry)
    },
    dense: (input, weight, bias) => zeroPadded(input, weight, bias, ONE_PIXEL),
  }
}

/** Binary layers on packed bits, and with the binarisation before them: the kernels read floats by their signs. */
export function binaryOperations(
  kernels: TensorKernels,
): Pick<Operations, 'binaryConvolution' | 'binaryDense'> &
  Pick<FusedOperations, 'binarizedConvolution' | 'binarizedDense'> {
  const weighted = (
    input: Tensor,
    latent: Tensor,
    bias: Tensor | null,
    geometry: ConvolutionGeometry,
    threshold: number | null,
  ): Weighted => ({
    output: kernels.binaryConvolution(input, latent, bias, geometry),
    gradient: (upstream, wantsInput) => ({
      weight: kernels.binaryConvolutionWeightGradient(input, upstream, latent, geometry),
      bias: bias && kernels.biasGradient(upstream),
      input: wantsInput ? kernels.binaryConvolutionInputGradient(upstream, latent, input, geometry, threshold) : null,
    }),
  })
  return {
    binaryConvolution: (input, latent, geometry) => weighted(input, latent, null, geometry, null),
    binaryDense: (input, latent, bias) => weighted(input, latent, bias, ONE_PIXEL, null),
    binarizedConvolution: (input, latent, geometry, threshold) => weighted(input, latent, null, geometry, threshold),
    binarizedDense: (input, latent, bias, threshold) => weighted(input, latent, bias, ONE_PIXEL, threshold),
  }
}
