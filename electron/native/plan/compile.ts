import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { unpackSigns, transposeBits } from '#shared/bits/pack.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import { channelsOf, sizeOf, type Shape } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { compare, keepFloats, type MonotoneStep } from './monotone.ts'
import type { PackedLayer, PackedNetwork } from './network.ts'
import type { PoolingWindow, Stage, Stages } from './stages.ts'
import { requireSupported } from './support.ts'

/**
 * Turns a packed network into stages. Between two binary layers no float leaves the cache: batch normalisation,
 * activation and sign become one comparison with the sums, and a maximum becomes an OR of bits.
 *
 * @throws SignumError `not_supported` for what has no packed form, naming the layer.
 */
export function compileNetwork(network: PackedNetwork): Stages {
  requireSupported(network.spec)
  const compiler = new Compiler(network)
  const { layers } = analyseNetwork(network.spec)
  for (const analysis of layers) compiler.add(analysis)
  return { input: network.spec.input, stages: compiler.finish(), outputs: sizeOf(layers.at(-1)!.output.shape) }
}

type Weighted = LayerSpecOf<'Conv2d' | 'QConv2d' | 'QConv2d_NoAct' | 'Linear' | 'QLinear'>

class Compiler {
  readonly #network: PackedNetwork
  readonly #stages: Stage[] = []
  /** What followed the last floats and is not yet decided to be floats or bits. */
  #steps: MonotoneStep[] = []
  #shape: { height: number; width: number; channels: number }
  #bits = false

  constructor(network: PackedNetwork) {
    this.#network = network
    this.#shape = { ...network.spec.input }
  }

  add({ layer, output }: LayerAnalysis): void {
    const packed = this.#network.layers.get(layer.id) ?? {}
    switch (layer.type) {
      case 'QConv2d':
      case 'QLinear':
        this.#sign()
        this.#weighted(layer, packed, output.shape)
        break
      case 'Conv2d':
      case 'QConv2d_NoAct':
      case 'Linear':
        this.#weighted(layer, packed, output.shape)
        break
      case 'QActivation':
        this.#sign()
        break
      case 'BatchNorm':
        this.#step({ kind: 'affine', scale: packed.scale!, shift: packed.shift! })
        break
      case 'Tanh':
        this.#step({ kind: 'activation', activation: 'tanh' })
        break
      case 'ReLU':
        this.#step({ kind: 'activation', activation: 'relu' })
        break
      case 'Hardtanh':
        // Leaves +1 and -1 as they are.
        if (!this.#bits) this.#step({ kind: 'activation', activation: 'hardtanh' })
        break
      case 'MaxPool2d':
      case 'AvgPool2d':
        this.#pool(layer)
        this.#follow(output.shape)
        break
      case 'Flatten':
        // Changes no value: the next dense layer looks at the image as it lies.
        break
      case 'Dropout':
        // Drops in training only.
        break
    }
  }

  finish(): Stage[] {
    this.#requireFloats()
    return this.#stages
  }

  #follow(shape: Shape): void {
    this.#shape = shape.kind === 'image' ? shape : { height: 1, width: 1, channels: shape.count }
  }

  #step(step: MonotoneStep): void {
    if (this.#bits) this.#requireFloats()
    this.#align(step)
    this.#steps.push(step)
  }

  /** Behind Flatten a channel is a feature: the image becomes one pixel. */
  #align(step: MonotoneStep): void {
    const length = step.kind === 'affine' ? step.scale.length : this.#shape.channels
    if (length === this.#shape.channels) return
    this.#requireFloats()
    this.#stages.push({ kind: 'flatten' })
    this.#shape = { height: 1, width: 1, channels: length }
  }

  #sign(): void {
    if (this.#bits) return
    this.#stages.push(...compare(this.#steps, this.#shape.channels))
    this.#steps = []
    this.#bits = true
  }

  #requireFloats(): void {
    if (this.#bits) this.#stages.push({ kind: 'unpacking' })
    this.#bits = false
    this.#stages.push(...keepFloats(this.#steps))
    this.#steps = []
  }

  #pool(layer: LayerSpecOf<'MaxPool2d' | 'AvgPool2d'>): void {
    const { kernelSize, padding } = layer
    const window: PoolingWindow = { kernelSize, stride: layer.stride ?? kernelSize, padding }
    if (layer.type === 'AvgPool2d') {
      this.#requireFloats()
      this.#stages.push({ kind: 'pooling', window, mean: true })
    } else if (this.#bits) {
      this.#stages.push({ kind: 'bit pooling', window, smallest: new Uint8Array(this.#shape.channels) })
    } else {
      this.#steps.push({ kind: 'largest', window })
    }
  }

  #weighted(layer: Weighted, packed: PackedLayer, output: Shape): void {
    const padding = 'padding' in layer ? layer.padding : 0
    const paddingValue = 'paddingValue' in layer ? layer.paddingValue : 0
    if (packed.filters && this.#bits) {
      const geometry = this.#geometry(layer, padding, output)
      this.#stages.push({ kind: 'binary convolution', geometry, paddingValue, filters: packed.filters, bias: null })
      // Kept apart from the sums, so that it can vanish in a comparison.
      if (packed.bias) this.#steps.push({ kind: 'bias', bias: packed.bias })
    } else {
      this.#requireFloats()
      // The kernels pad floats with 0 only; any other value becomes pixels.
      const hasBorder = padding > 0 && paddingValue !== 0
      if (hasBorder) this.#border(padding, paddingValue)
      const geometry = this.#geometry(layer, hasBorder ? 0 : padding, output)
      const weights = packed.weights ?? unpackSigns(transposeBits(packed.filters!))
      this.#stages.push({ kind: 'convolution', geometry, weights, bias: packed.bias ?? null })
    }
    this.#bits = false
    this.#follow(output)
  }

  #border(size: number, value: number): void {
    this.#stages.push({ kind: 'border', size, value })
    const { height, width, channels } = this.#shape
    this.#shape = { height: height + 2 * size, width: width + 2 * size, channels }
  }

  #geometry(layer: Weighted, padding: number, output: Shape): ConvolutionGeometry {
    const { height, width, channels } = this.#shape
    const convolves = 'kernelSize' in layer
    return {
      batch: 1,
      height,
      width,
      inChannels: channels,
      outChannels: channelsOf(output),
      kernelHeight: convolves ? layer.kernelSize : height,
      kernelWidth: convolves ? layer.kernelSize : width,
      stride: convolves ? layer.stride : 1,
      dilation: 1,
      padding,
    }
  }
}
