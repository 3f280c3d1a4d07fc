import type { Tensor } from '@tensorflow/tfjs-core'
import { signOf } from './binarize.ts'
import type { ConvolutionGeometry, Operations, Weighted } from './operation.ts'

/** Convolution with sign(latent); the gradient of the binary weight is the gradient of the latent one. */
export function binaryConvolutionWith(convolution: Operations['convolution']) {
  return (input: Tensor, latent: Tensor, geometry: ConvolutionGeometry): Weighted =>
    convolution(input, signOf(latent), null, geometry)
}
