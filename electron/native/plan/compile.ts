import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { unpackSigns, transposeBits } from '#shared/bits/pack.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import { analyseShortcut } from '#shared/model/layers/residual.ts'
import { channelsOf, sizeOf, type Shape } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { keepFloats, signsOf, type MonotoneStep } from './monotone.ts'
import type { PackedNetwork } from './network.ts'
import type { PoolingWindow, Sides, Stage, Stages } from './stages.ts'
import { requireSupported } from './support.ts'
import type { PackedLayer } from './values.ts'

/**
 * Turns a packed network into stages. Between two binary layers no float leaves the cache: batch normalisation,
 * activation and sign become one comparison with the sums, and a maximum becomes an OR of bits. Between the sums of a
 * residual network floats do: its shortcut is real-valued (Bi-Real Net, Liu et al. 2018), so batch normalisation is done
 * to the sums, the floats are added and kept, and the next convolution compares them. Larq Compute Engine draws the same
 * line: its converter lets a binary convolution write bits only where nothing but a quantizer reads it.
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

  add(analysis: LayerAnalysis): void {
    const { layer, output } = analysis
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
      case 'LeakyReLU':
        this.#step(this.#rectifier({ slope: new Float32Array(this.#shape.channels).fill(layer.negativeSlope) }))
        break
      case 'PReLU':
      case 'RPReLU':
        this.#step(this.#rectifier(packed))
        break
      case 'MaxPool2d':
      case 'AvgPool2d':
        this.#pool(layer)
        this.#follow(output.shape)
        break
      case 'GlobalAvgPool':
        this.#requireFloats()
        this.#stages.push({ kind: 'global mean' })
        this.#follow(output.shape)
        break
      case 'ZeroPad2d':
        this.#surround(layer, 0)
        this.#follow(output.shape)
        break
      case 'PadModule':
        this.#surround(layer, layer.paddingValue)
        this.#follow(output.shape)
        break
      case 'Residual':
        this.#block(layer, analysis)
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

  #rectifier({ before, slope, after }: PackedLayer): MonotoneStep {
    const none = new Float32Array(slope!.length)
    return { kind: 'rectifier', before: before ?? none, slope: slope!, after: after ?? none }
  }

  /** Behind Flatten a channel is a feature: the image becomes one pixel. */
  #align(step: MonotoneStep): void {
    if (step.kind === 'affine') this.#expectChannels(step.scale.length)
    if (step.kind === 'rectifier') this.#expectChannels(step.slope.length)
  }

  #expectChannels(channels: number): void {
    if (channels === this.#shape.channels) return
    this.#requireFloats()
    this.#stages.push({ kind: 'flatten' })
    this.#shape = { height: 1, width: 1, channels }
  }

  #sign(): void {
    if (this.#bits) return
    this.#stages.push(...signsOf(this.#steps, this.#shape.channels))
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

  /** The way through the stack, then the way around it; a stack without layers adds nothing. */
  #block(block: LayerSpecOf<'Residual'>, { input, output, inside }: LayerAnalysis): void {
    const around = analyseShortcut(block, input, inside)
    if (inside.length === 0) return around.forEach((layer) => this.add(layer))
    if (input.shape.kind === 'features') this.#expectChannels(input.shape.count)
    this.#requireFloats()
    const start = this.#shape
    this.#stages.push({ kind: 'keep' })
    for (const layer of inside) this.add(layer)
    this.#requireFloats()
    this.#stages.push({ kind: 'swap' })
    this.#shape = start
    for (const layer of around) this.add(layer)
    this.#requireFloats()
    this.#stages.push({ kind: block.combine === 'add' ? 'sum' : 'concatenation' })
    this.#follow(output.shape)
  }

  #surround(layer: LayerSpecOf<'ZeroPad2d' | 'PadModule'>, value: number): void {
    const { paddingTop: top, paddingBottom: bottom, paddingLeft: left, paddingRight: right } = layer
    const sides: Sides = { top, bottom, left, right }
    if (this.#bits && value !== 0) {
      const ones = new Uint8Array(this.#shape.channels).fill(value > 0 ? 1 : 0)
      this.#stages.push({ kind: 'bit border', sides, ones })
    } else if (top + bottom + left + right > 0) {
      this.#step({ kind: 'border', sides, value })
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
    this.#stages.push({ kind: 'border', sides: { top: size, bottom: size, left: size, right: size }, value })
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
      groups: 'groups' in layer ? layer.groups : 1,
    }
  }
}
