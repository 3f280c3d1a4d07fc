import { getBit, type BitMatrix } from './layout.ts'

/** A convolution over NHWC images. The same numbers describe it to the kernels. */
export interface ConvolutionGeometry {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelHeight: number
  readonly kernelWidth: number
  readonly stride: number
  readonly dilation: number
  /** Pixels added on each of the four sides. */
  readonly padding: number
  /** Divides both channel counts; 1 where absent. */
  readonly groups?: number
}

/** What a padded pixel holds. 0 stands between the bits: such positions contribute nothing. */
export type PaddingValue = -1 | 0 | 1

/** Height and width of the output, rounded down as PyTorch does. */
export function outputSize(geometry: ConvolutionGeometry): { height: number; width: number } {
  const along = (side: number, kernel: number) =>
    Math.floor((side + 2 * geometry.padding - geometry.dilation * (kernel - 1) - 1) / geometry.stride) + 1
  return {
    height: along(geometry.height, geometry.kernelHeight),
    width: along(geometry.width, geometry.kernelWidth),
  }
}

/** Input channels that one filter reads. */
function channelsOfGroup({ inChannels, groups = 1 }: ConvolutionGeometry): number {
  return inChannels / groups
}

/** Weights of one filter: the length of a filter's row of bits, in the order kernel row, kernel column, channel. */
export function filterSize(geometry: ConvolutionGeometry): number {
  return geometry.kernelHeight * geometry.kernelWidth * channelsOfGroup(geometry)
}

/**
 * Binary convolution, without bias.
 *
 * @param image batch · height · width rows of inChannels bits
 * @param filters outChannels rows of `filterSize` bits
 * @returns NHWC sums of ±1
 */
export function binaryConvolution(
  geometry: ConvolutionGeometry,
  paddingValue: PaddingValue,
  image: BitMatrix,
  filters: BitMatrix,
): Float32Array {
  const out = outputSize(geometry)
  const sums = new Float32Array(geometry.batch * out.height * out.width * geometry.outChannels)
  let index = 0
  for (let n = 0; n < geometry.batch; n++)
    for (let y = 0; y < out.height; y++)
      for (let x = 0; x < out.width; x++)
        for (let filter = 0; filter < geometry.outChannels; filter++)
          sums[index++] = sumAt(geometry, paddingValue, image, filters, n, y, x, filter)
  return sums
}

function sumAt(
  geometry: ConvolutionGeometry,
  paddingValue: PaddingValue,
  image: BitMatrix,
  filters: BitMatrix,
  n: number,
  y: number,
  x: number,
  filter: number,
): number {
  const { height, width, outChannels, kernelHeight, kernelWidth, stride, dilation, padding, groups = 1 } = geometry
  const channels = channelsOfGroup(geometry)
  const firstChannel = Math.floor((filter * groups) / outChannels) * channels
  let sum = 0
  for (let ky = 0; ky < kernelHeight; ky++)
    for (let kx = 0; kx < kernelWidth; kx++) {
      const row = y * stride + ky * dilation - padding
      const column = x * stride + kx * dilation - padding
      const inside = row >= 0 && row < height && column >= 0 && column < width
      for (let channel = 0; channel < channels; channel++) {
        const weight = 2 * getBit(filters, filter, (ky * kernelWidth + kx) * channels + channel) - 1
        const at = (n * height + row) * width + column
        const pixel = inside ? 2 * getBit(image, at, firstChannel + channel) - 1 : paddingValue
        sum += weight * pixel
      }
    }
  return sum
}
