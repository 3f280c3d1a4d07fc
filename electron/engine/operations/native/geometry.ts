import type { Tensor } from '@tensorflow/tfjs-core'
import { denseGeometry } from '#electron/native/kernels.ts'
import { outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import type { Window } from '../kernels/tensor-kernels.ts'

/** A convolution's geometry from its input and its weights; features with dense weights are images of one pixel. */
export function geometryOf(x: Tensor, weight: Tensor, { stride, padding }: Window): ConvolutionGeometry {
  if (x.rank === 2) return denseGeometry(x.shape[0]!, weight.shape[0]!, weight.shape[1]!)
  const [batch, height, width, inChannels] = x.shape as [number, number, number, number]
  const [kernelHeight, kernelWidth, groupChannels, outChannels] = weight.shape as [number, number, number, number]
  return {
    batch,
    height,
    width,
    inChannels,
    outChannels,
    kernelHeight,
    kernelWidth,
    stride,
    padding,
    dilation: 1,
    groups: inChannels / groupChannels,
  }
}

/** Shape of the output for an input of this rank. */
export function outputShape(geometry: ConvolutionGeometry, rank: number): number[] {
  const { batch, outChannels } = geometry
  if (rank === 2) return [batch, outChannels]
  const { height, width } = outputSize(geometry)
  return [batch, height, width, outChannels]
}

/** Rows of channels: pixels of images, or features. */
export function rowsOf(x: Tensor): { rows: number; channels: number } {
  const channels = x.shape.at(-1)!
  return { rows: x.size / channels, channels }
}
