import { binaryConvolution, filterSize, outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { packSigns, unpackSigns } from '#shared/bits/pack.ts'
import { applyThresholds } from '#shared/bits/thresholds.ts'
import { applyStep } from './monotone.ts'
import { fusedMultiplyAdd } from './rounding.ts'
import type { PoolingWindow, Sides, Stage, Stages } from './stages.ts'

/** Values of one image, NHWC; bits as +1 and -1. */
export interface Values {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly data: Float32Array
}

/** Class scores of `count` images, image by image, in the shortest loops that say what a stage means. */
export function runReference({ input, stages }: Stages, images: Float32Array, count: number): Float32Array {
  const size = input.height * input.width * input.channels
  const outputs = Array.from({ length: count }, (_, index) => {
    const image = { ...input, data: images.subarray(index * size, (index + 1) * size) }
    const kept: Values[] = []
    return stages.reduce<Values>((values, stage) => runStage(stage, values, kept), image).data
  })
  return Float32Array.from(outputs.flatMap((output) => [...output]))
}

/** @param kept values of ways that branched off, the last one last; stages put them there and take them away. */
export function runStage(stage: Stage, values: Values, kept: Values[]): Values {
  const { height, width, channels, data } = values
  const pixels = height * width
  const each = (change: (x: number, channel: number) => number) =>
    ({ ...values, data: data.map((x, index) => change(x, index % channels)) }) satisfies Values
  switch (stage.kind) {
    case 'convolution':
      return convolved(stage.geometry, convolve(stage.geometry, data, stage.weights, stage.bias))
    case 'binary convolution': {
      const { geometry, paddingValue, filters, bias } = stage
      const sums = binaryConvolution(geometry, paddingValue, packSigns(data, pixels, channels), filters)
      return convolved(geometry, bias ? sums.map((sum, index) => sum + bias[index % geometry.outChannels]!) : sums)
    }
    case 'comparison':
      return { ...values, data: unpackSigns(applyThresholds(data, pixels, stage.thresholds)) }
    case 'bit pooling':
      return pool(values, stage.window, (pixel, channel) =>
        stage.smallest[channel] === 1 ? Math.min(...pixel) : Math.max(...pixel),
      )
    case 'pooling':
      return pool(values, stage.window, (pixel) =>
        stage.mean ? sumOf(pixel) / stage.window.kernelSize ** 2 : Math.max(...pixel),
      )
    case 'global mean':
      return { height: 1, width: 1, channels, data: globalMean(values) }
    case 'affine':
    case 'activation':
    case 'rectifier':
      return each((x, channel) => applyStep(stage, x, channel))
    case 'flatten':
      return { height: 1, width: 1, channels: data.length, data }
    case 'border':
      return surround(values, stage.sides, () => stage.value)
    case 'bit border':
      return surround(values, stage.sides, (channel) => (stage.ones[channel] === 1 ? 1 : -1))
    case 'unpacking':
      return values
    case 'keep':
      kept.push(values)
      return values
    case 'swap':
      return kept.splice(-1, 1, values)[0]!
    case 'sum': {
      const other = kept.pop()!
      return { ...values, data: data.map((x, index) => x + other.data[index]!) }
    }
    case 'concatenation':
      return concatenate(values, kept.pop()!)
  }
}

/** In 32-bit floats, one after the other. */
function sumOf(values: readonly number[]): number {
  return values.reduce((sum, x) => Math.fround(sum + x), 0)
}

/** The kernels add so many pixels in floats, and such sums in doubles. */
const BLOCK_PIXELS = 1024

function globalMean({ height, width, channels, data }: Values): Float32Array {
  const pixels = height * width
  return Float32Array.from({ length: channels }, (_, channel) => {
    const own = Array.from({ length: pixels }, (_, pixel) => data[pixel * channels + channel]!)
    let sum = 0
    for (let from = 0; from < pixels; from += BLOCK_PIXELS) sum += sumOf(own.slice(from, from + BLOCK_PIXELS))
    return Math.fround(sum) / pixels
  })
}

function concatenate(first: Values, second: Values): Values {
  const channels = first.channels + second.channels
  const data = Float32Array.from({ length: first.height * first.width * channels }, (_, index) => {
    const pixel = Math.floor(index / channels)
    const channel = index % channels
    return channel < first.channels
      ? first.data[pixel * first.channels + channel]!
      : second.data[pixel * second.channels + channel - first.channels]!
  })
  return { ...first, channels, data }
}

function convolved(geometry: ConvolutionGeometry, data: Float32Array): Values {
  return { ...outputSize(geometry), channels: geometry.outChannels, data }
}

/** Groups of so few input channels go tap by tap, channel for channel (kernels/operations/conv_grouped.cpp). */
const MOST_NARROW_CHANNELS = 4

/**
 * From the bias on, one fused multiply-add after the other: in the order kernel row, column, channel, but channel, kernel
 * row, column in narrow groups.
 */
function convolve(
  geometry: ConvolutionGeometry,
  image: Float32Array,
  weights: Float32Array,
  bias: Float32Array | null,
): Float32Array {
  const { height, width, inChannels, outChannels, kernelHeight, kernelWidth, stride, padding, groups = 1 } = geometry
  const [out, members, taps] = [outputSize(geometry), inChannels / groups, kernelHeight * kernelWidth]
  const isNarrow = groups > 1 && members <= MOST_NARROW_CHANNELS
  const sums = new Float32Array(out.height * out.width * outChannels)
  for (let index = 0; index < sums.length; index++) {
    const output = index % outChannels
    const x = Math.floor(index / outChannels) % out.width
    const y = Math.floor(index / outChannels / out.width)
    const firstChannel = Math.floor((output * groups) / outChannels) * members
    let sum = bias?.[output] ?? 0
    for (let k = 0; k < filterSize(geometry); k++) {
      const tap = isNarrow ? k % taps : Math.floor(k / members)
      const member = isNarrow ? Math.floor(k / taps) : k % members
      const row = y * stride + Math.floor(tap / kernelWidth) - padding
      const column = x * stride + (tap % kernelWidth) - padding
      if (row < 0 || row >= height || column < 0 || column >= width) continue
      const value = image[(row * width + column) * inChannels + firstChannel + member]!
      sum = fusedMultiplyAdd(value, weights[(tap * members + member) * outChannels + output]!, sum)
    }
    sums[index] = sum
  }
  return sums
}

function surround(values: Values, sides: Sides, value: (channel: number) => number): Values {
  const { height, width, channels, data } = values
  const wide = { height: height + sides.top + sides.bottom, width: width + sides.left + sides.right, channels }
  const surrounded = Float32Array.from({ length: wide.height * wide.width * channels }, (_, index) =>
    value(index % channels),
  )
  for (let row = 0; row < height; row++)
    surrounded.set(
      data.subarray(row * width * channels, (row + 1) * width * channels),
      ((row + sides.top) * wide.width + sides.left) * channels,
    )
  return { ...wide, data: surrounded }
}

function pool(values: Values, window: PoolingWindow, reduce: (pixels: number[], channel: number) => number): Values {
  const { kernelSize, stride, padding } = window
  const along = (side: number) => Math.floor((side + 2 * padding - kernelSize) / stride) + 1
  const [height, width] = [along(values.height), along(values.width)]
  const data = new Float32Array(height * width * values.channels)
  for (let index = 0; index < data.length; index++) {
    const channel = index % values.channels
    const x = Math.floor(index / values.channels) % width
    const y = Math.floor(index / values.channels / width)
    const pixels: number[] = []
    for (let ky = 0; ky < kernelSize; ky++)
      for (let kx = 0; kx < kernelSize; kx++) {
        const row = y * stride + ky - padding
        const column = x * stride + kx - padding
        if (row >= 0 && row < values.height && column >= 0 && column < values.width)
          pixels.push(values.data[(row * values.width + column) * values.channels + channel]!)
      }
    data[index] = reduce(pixels, channel)
  }
  return { height, width, channels: values.channels, data }
}
