import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { unpackSigns, transposeBits } from '#shared/bits/pack.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import { analyseShortcut } from '#shared/model/layers/residual.ts'
import { channelsOf, sizeOf, type Shape } from '#shared/model/signal.ts'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { StageBuilder } from './builder.ts'
import type { PackedNetwork } from './network.ts'
import type { PoolingWindow, Rectifier, Sides, Stage, Stages } from './stages.ts'
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
  readonly #builder: StageBuilder

  constructor(network: PackedNetwork) {
    this.#network = network
    this.#builder = new StageBuilder(network.spec.input)
  }

  add(analysis: LayerAnalysis): void {
    const { layer, output } = analysis
    const packed = this.#network.layers.get(layer.id) ?? {}
    switch (layer.type) {
      case 'QConv2d':
      case 'QLinear':
        this.#builder.sign()
        this.#weighted(layer, packed, output.shape)
        break
      case 'Conv2d':
      case 'QConv2d_NoAct':
      case 'Linear':
        this.#weighted(layer, packed, output.shape)
        break
      case 'QActivation':
        this.#builder.sign()
        break
      case 'BatchNorm':
        this.#builder.step({ kind: 'affine', scale: packed.scale!, shift: packed.shift! })
        break
      case 'Tanh':
        this.#builder.step({ kind: 'activation', activation: 'tanh' })
        break
      case 'ReLU':
        this.#builder.step({ kind: 'activation', activation: 'relu' })
        break
      case 'Hardtanh':
        // Leaves +1 and -1 as they are.
        if (!this.#builder.bits) this.#builder.step({ kind: 'activation', activation: 'hardtanh' })
        break
      case 'LeakyReLU':
        this.#builder.step(
          rectifier({ slope: new Float32Array(this.#builder.size.channels).fill(layer.negativeSlope) }),
        )
        break
      case 'PReLU':
      case 'RPReLU':
        this.#builder.step(rectifier(packed))
        break
      case 'MaxPool2d':
        this.#builder.largest(windowOf(layer))
        this.#builder.follow(output.shape)
        break
      case 'AvgPool2d':
        this.#builder.onFloats({ kind: 'pooling', window: windowOf(layer), mean: true })
        this.#builder.follow(output.shape)
        break
      case 'GlobalAvgPool':
        this.#builder.onFloats({ kind: 'global mean' })
        this.#builder.follow(output.shape)
        break
      case 'ZeroPad2d':
        this.#builder.surround(sidesOf(layer), 0)
        break
      case 'PadModule':
        this.#builder.surround(sidesOf(layer), layer.paddingValue)
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
    this.#builder.requireFloats()
    return this.#builder.stages
  }

  /** The way through the stack, then the way around it; a stack without layers adds nothing. */
  #block(block: LayerSpecOf<'Residual'>, { input, output, inside }: LayerAnalysis): void {
    const around = analyseShortcut(block, input, inside)
    const addAll = (layers: readonly LayerAnalysis[]) => layers.forEach((layer) => this.add(layer))
    if (inside.length === 0) return addAll(around)
    if (input.shape.kind === 'features') this.#builder.expectChannels(input.shape.count)
    const join = block.combine === 'add' ? 'sum' : 'concatenation'
    this.#builder.branch(
      () => addAll(inside),
      () => addAll(around),
      join,
    )
    this.#builder.follow(output.shape)
  }

  #weighted(layer: Weighted, packed: PackedLayer, output: Shape): void {
    const builder = this.#builder
    const padding = 'padding' in layer ? layer.padding : 0
    const paddingValue = 'paddingValue' in layer ? layer.paddingValue : 0
    if (packed.filters && builder.bits) {
      const geometry = this.#geometry(layer, padding, output)
      builder.onBits({ kind: 'binary convolution', geometry, paddingValue, filters: packed.filters, bias: null })
      builder.becomeFloats()
      builder.follow(output)
      // Kept apart from the sums, so that it can vanish in a comparison.
      if (packed.bias) builder.step({ kind: 'bias', bias: packed.bias })
      return
    }
    builder.requireFloats()
    // The kernels pad floats with 0 only; any other value becomes pixels.
    const hasBorder = padding > 0 && paddingValue !== 0
    if (hasBorder) {
      builder.surround({ top: padding, bottom: padding, left: padding, right: padding }, paddingValue)
    }
    const geometry = this.#geometry(layer, hasBorder ? 0 : padding, output)
    const weights = packed.weights ?? unpackSigns(transposeBits(packed.filters!))
    builder.onFloats({ kind: 'convolution', geometry, weights, bias: packed.bias ?? null })
    builder.follow(output)
  }

  #geometry(layer: Weighted, padding: number, output: Shape): ConvolutionGeometry {
    const { height, width, channels } = this.#builder.size
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

function rectifier({ before, slope, after }: PackedLayer): Rectifier {
  const none = new Float32Array(slope!.length)
  return { kind: 'rectifier', before: before ?? none, slope: slope!, after: after ?? none }
}

function windowOf({ kernelSize, stride, padding }: LayerSpecOf<'MaxPool2d' | 'AvgPool2d'>): PoolingWindow {
  return { kernelSize, stride: stride ?? kernelSize, padding }
}

function sidesOf(layer: LayerSpecOf<'ZeroPad2d' | 'PadModule'>): Sides {
  const { paddingTop: top, paddingBottom: bottom, paddingLeft: left, paddingRight: right } = layer
  return { top, bottom, left, right }
}
