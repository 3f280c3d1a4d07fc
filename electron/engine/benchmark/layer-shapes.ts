import { filterSize, outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'

/** A layer that binary networks are made of. */
export interface LayerShape {
  readonly name: string
  readonly geometry: ConvolutionGeometry
}

/** Multiply-adds of a layer, padded pixels included: kernels multiply these too. */
export function macsOf(geometry: ConvolutionGeometry): number {
  const { height, width } = outputSize(geometry)
  return geometry.batch * height * width * geometry.outChannels * filterSize(geometry)
}

/** The binary layers of LeNet, and the 3×3 convolutions of ResNet-18, which Bi-Real Net binarises. */
export const LAYER_SHAPES: readonly LayerShape[] = [
  convolution('LeNet conv2', 100, 12, 64, 5, 0),
  convolution('LeNet conv2', 1, 12, 64, 5, 0),
  dense('LeNet dense', 100, 1024, 1000),
  dense('LeNet dense', 1, 1024, 1000),
  convolution('ResNet', 1, 56, 64, 3, 1),
  convolution('ResNet', 1, 28, 128, 3, 1),
  convolution('ResNet', 1, 14, 256, 3, 1),
  convolution('ResNet', 1, 7, 512, 3, 1),
]

function convolution(
  network: string,
  batch: number,
  side: number,
  channels: number,
  kernel: number,
  padding: number,
): LayerShape {
  return {
    name: `${network} ${kernel}×${kernel}, ${channels}→${channels} at ${side}²`,
    geometry: {
      batch,
      height: side,
      width: side,
      inChannels: channels,
      outChannels: channels,
      kernelHeight: kernel,
      kernelWidth: kernel,
      stride: 1,
      dilation: 1,
      padding,
    },
  }
}

function dense(network: string, batch: number, inputs: number, outputs: number): LayerShape {
  const { geometry } = convolution(network, batch, 1, inputs, 1, 0)
  return { name: `${network} ${inputs}→${outputs}`, geometry: { ...geometry, outChannels: outputs } }
}
