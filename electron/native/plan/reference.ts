import { binaryConvolution, filterSize, outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { packSigns, unpackSigns } from '#shared/bits/pack.ts'
import { applyThresholds } from '#shared/bits/thresholds.ts'
import { applyStep } from './monotone.ts'
import type { PoolingWindow, Stage, Stages } from './stages.ts'

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
    return stages.reduce<Values>((values, stage) => runStage(stage, values), image).data
  })
  return Float32Array.from(outputs.flatMap((output) => [...output]))
}

export function runStage(stage: Stage, values: Values): Values {
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
        stage.mean ? pixel.reduce((sum, x) => sum + x, 0) / stage.window.kernelSize ** 2 : Math.max(...pixel),
      )
    case 'affine':
    case 'activation':
      return each((x, channel) => applyStep(stage, x, channel))
    case 'flatten':
      return { height: 1, width: 1, channels: data.length, data }
    case 'border':
      return surround(values, stage.size, stage.value)
    case 'unpacking':
      return values
  }
}

function convolved(geometry: ConvolutionGeometry, data: Float32Array): Values {
  return { ...outputSize(geometry), channels: geometry.outChannels, data }
}

/** From the bias on, in the order kernel row, column, channel, rounding to a float after every product and sum. */
function convolve(
  geometry: ConvolutionGeometry,
  image: Float32Array,
  weights: Float32Array,
  bias: Float32Array | null,
): Float32Array {
  const { height, width, inChannels, outChannels, kernelWidth, stride, padding } = geometry
  const out = outputSize(geometry)
  const sums = new Float32Array(out.height * out.width * outChannels)
  for (let index = 0; index < sums.length; index++) {
    const output = index % outChannels
    const x = Math.floor(index / outChannels) % out.width
    const y = Math.floor(index / outChannels / out.width)
    let sum = bias?.[output] ?? 0
    for (let k = 0; k < filterSize(geometry); k++) {
      const tap = Math.floor(k / inChannels)
      const row = y * stride + Math.floor(tap / kernelWidth) - padding
      const column = x * stride + (tap % kernelWidth) - padding
      if (row < 0 || row >= height || column < 0 || column >= width) continue
      const value = image[(row * width + column) * inChannels + (k % inChannels)]!
      sum = Math.fround(sum + value * weights[k * outChannels + output]!)
    }
    sums[index] = sum
  }
  return sums
}

function surround({ height, width, channels, data }: Values, size: number, value: number): Values {
  const wide = { height: height + 2 * size, width: width + 2 * size, channels }
  const surrounded = new Float32Array(wide.height * wide.width * channels).fill(value)
  for (let row = 0; row < height; row++)
    surrounded.set(
      data.subarray(row * width * channels, (row + 1) * width * channels),
      ((row + size) * wide.width + size) * channels,
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
