import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { unpackSigns, transposeBits } from '#shared/bits/pack.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork, type LayerAnalysis } from '#shared/model/analyse.ts'
import type { Shape } from '#shared/model/signal.ts'
import { compare, keepFloats, type MonotoneStep } from './monotone.ts'
import type { PackedLayer, PackedNetwork } from './network.ts'
import type { Stage, Stages } from './stages.ts'

/**
 * Turns a packed network into stages. Between two binary layers no float leaves the cache: batch normalisation,
 * activation and sign become one comparison with the sums, and a maximum becomes an OR of bits.
 *
 * @throws SignumError `not_supported` for what has no packed form, naming the layer.
 */
export function compileNetwork(network: PackedNetwork): Stages {
  const compiler = new Compiler(network)
  for (const analysis of analyseNetwork(network.spec).layers) compiler.add(analysis)
  return { input: network.spec.input, stages: compiler.finish() }
}

class Compiler {
  readonly #network: PackedNetwork
  readonly #stages: Stage[] = []
  /** What followed the last sums and is not yet decided to be floats or bits. */
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
      case 'Conv2d':
      case 'QConv2d':
      case 'QConv2d_NoAct':
      case 'Linear':
      case 'QLinear':
        if (layer.type === 'QConv2d' || layer.type === 'QLinear') this.#sign()
        this.#weighted(layer, packed, output.shape)
        break
      case 'QActivation':
        this.#sign()
        break
      case 'BatchNorm':
        this.#step({ kind: 'affine', scale: packed.scale!, shift: packed.shift! })
        break
      case 'Tanh':
      case 'ReLU':
        this.#step({ kind: 'activation', activation: layer.type === 'Tanh' ? 'tanh' : 'relu' })
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
      case 'Dropout':
        break
    }
  }

  finish(): Stage[] {
    this.#requireFloats()
    return this.#stages
  }

  /** Flatten changes no value; the next dense layer looks at the image as it lies. */
  #follow(shape: Shape): void {
    if (shape.kind === 'image') this.#shape = shape
  }

  #step(step: MonotoneStep): void {
    if (this.#bits) {
      throw new SignumError(
        'not_supported',
        'The packed engine takes bits into convolutions, dense layers and pooling only. Evaluate with the engine "float".',
      )
    }
    this.#align(step)
    this.#steps.push(step)
  }

  /** Behind Flatten a channel is a feature: the image becomes one pixel. */
  #align(step: MonotoneStep): void {
    const length = step.kind === 'affine' ? step.scale.length : this.#shape.channels
    if (length !== this.#shape.channels) {
      this.#requireFloats()
      this.#stages.push({ kind: 'flatten' })
      this.#shape = { height: 1, width: 1, channels: length }
    }
  }

  #sign(): void {
    if (this.#bits) return
    this.#stages.push(...compare(this.#steps, this.#shape.channels))
    this.#steps = []
    this.#bits = true
  }

  #requireFloats(): void {
    if (this.#bits) throw new SignumError('not_supported', 'The packed engine needs a layer with weights after a sign.')
    this.#stages.push(...keepFloats(this.#steps))
    this.#steps = []
  }

  #pool(layer: Extract<LayerAnalysis['layer'], { type: 'MaxPool2d' | 'AvgPool2d' }>): void {
    const window = { kernelSize: layer.kernelSize, stride: layer.stride ?? layer.kernelSize, padding: layer.padding }
    if (layer.type === 'AvgPool2d') {
      this.#requireFloats()
      this.#stages.push({ kind: 'pooling', window, mean: true })
    } else if (this.#bits) {
      this.#stages.push({ kind: 'bit pooling', window, smallest: new Uint8Array(this.#shape.channels) })
    } else {
      this.#steps.push({ kind: 'largest', window })
    }
  }

  #weighted(
    layer: Extract<LayerAnalysis['layer'], { type: 'Conv2d' | 'QConv2d' | 'QConv2d_NoAct' | 'Linear' | 'QLinear' }>,
    packed: PackedLayer,
    output: Shape,
  ): void {
    if (!this.#bits) this.#requireFloats()
    const outChannels = output.kind === 'image' ? output.channels : output.count
    const convolves = 'kernelSize' in layer
    const geometry: ConvolutionGeometry = {
      batch: 1,
      height: this.#shape.height,
      width: this.#shape.width,
      inChannels: this.#shape.channels,
      outChannels,
      kernelHeight: convolves ? layer.kernelSize : this.#shape.height,
      kernelWidth: convolves ? layer.kernelSize : this.#shape.width,
      stride: convolves ? layer.stride : 1,
      dilation: 1,
      padding: convolves ? layer.padding : 0,
    }
    const paddingValue = 'paddingValue' in layer ? layer.paddingValue : 0
    if (packed.filters && this.#bits) {
      this.#stages.push({ kind: 'binary convolution', geometry, paddingValue, filters: packed.filters, bias: null })
    } else {
      if (this.#bits || (geometry.padding > 0 && paddingValue !== 0)) {
        throw new SignumError(
          'not_supported',
          `The packed engine cannot compute the layer "${layer.id}": it mixes bits and floats. Evaluate with the engine "float".`,
          { place: { layerId: layer.id } },
        )
      }
      const weights = packed.weights ?? unpackSigns(transposeBits(packed.filters!))
      this.#stages.push({ kind: 'convolution', geometry, weights, bias: packed.bias ?? null })
    }
    const biasStep = packed.filters && this.#bits && packed.bias
    this.#bits = false
    this.#shape =
      output.kind === 'image'
        ? { height: output.height, width: output.width, channels: output.channels }
        : { height: 1, width: 1, channels: output.count }
    // Kept apart from the sums, so that it can vanish in a comparison.
    if (biasStep) this.#steps.push({ kind: 'bias', bias: packed.bias! })
  }
}
