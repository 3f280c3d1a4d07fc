import { SignumError } from '../contract/errors.ts'
import { WATCH_FIELDS } from './definition.ts'
import { layerDefinition } from './layers/index.ts'
import { newLayer } from './new-layer.ts'
import type { LayerSpec, LayerSpecOf, NetworkSpec } from './spec.ts'

/**
 * The same network with the other kind of weights: the full-precision twin of a binary network, or the binary version
 * of a full-precision one. Widths, windows and pooling stay.
 *
 * @throws SignumError `not_supported` when there is nothing between the first and the last layer to make binary.
 */
export function twinOf(spec: NetworkSpec): NetworkSpec {
  return isBinary(spec) ? fullPrecisionTwin(spec) : binaryTwin(spec)
}

/** Whether any layer computes with bits. */
export function isBinary(spec: NetworkSpec): boolean {
  return spec.layers.some((layer) => layerDefinition(layer.type).group === 'binary')
}

/**
 * The full-precision twin: binary layers get 32-bit weights and a bias, and where a sign was the only nonlinearity
 * since the weights before it, Tanh takes its place. A monotone function gives the same before MaxPool2d and Flatten
 * as after them, so Tanh goes before, where the notebook has it.
 */
export function fullPrecisionTwin(spec: NetworkSpec): NetworkSpec {
  let layers: readonly LayerSpec[] = []
  for (const layer of spec.layers) {
    if (signsItsInput(layer)) layers = withNonlinearity(layers, spec.layers)
    const twin = toFullPrecision(layer)
    if (twin) layers = [...layers, twin]
  }
  return { ...spec, name: twinName(spec.name), layers: [...layers] }
}

/**
 * The binary version: every layer with weights but the first and the last becomes binary. The sign of its input takes
 * the place of the activation before it, behind a BatchNorm (without which the signs would hardly change), and another
 * BatchNorm follows its sums, which are large.
 *
 * @throws SignumError `not_supported` when no layer is left to make binary.
 */
export function binaryTwin(spec: NetworkSpec): NetworkSpec {
  const weighted = spec.layers.flatMap((layer, index) => (hasWeights(layer) ? [index] : []))
  const inner = weighted.slice(1, -1)
  if (inner.length === 0) {
    throw new SignumError(
      'not_supported',
      'This network has no binary version: its first and last layer stay in full precision, and there is no other with weights. Add one between them.',
    )
  }
  let layers: readonly LayerSpec[] = []
  for (const [index, layer] of spec.layers.entries()) {
    const isInner = inner.includes(index)
    if (isInner) layers = readyForSign(layers, spec.layers)
    // What follows the last binary layer reads its sums.
    else if (index === weighted.at(-1)) layers = normalised(layers, spec.layers)
    layers = [...layers, isInner ? toBinary(layer) : layer]
  }
  return { ...spec, name: `${spec.name.replace(/-(twin|full-precision)$/, '')}-binary`, layers: [...layers] }
}

const NONLINEAR: readonly LayerSpec['type'][] = ['Tanh', 'ReLU', 'Hardtanh', 'LeakyReLU', 'PReLU', 'RPReLU', 'Pact']
const COMMUTING: readonly LayerSpec['type'][] = ['MaxPool2d', 'Flatten']

const hasWeights = (layer: LayerSpec) => 'outChannels' in layer || 'outFeatures' in layer
const signsItsInput = (layer: LayerSpec) => layer.type === 'QActivation' || 'inputQuantizer' in layer

/** The layers behind the last one with weights; all of them if none has any. */
function sinceWeights(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.slice(layers.findLastIndex(hasWeights) + 1)
}

function withNonlinearity(layers: readonly LayerSpec[], others: readonly LayerSpec[]): readonly LayerSpec[] {
  // Nothing is between the image and the first weights in full precision.
  if (!layers.some(hasWeights)) return layers
  if (sinceWeights(layers).some(({ type }) => NONLINEAR.includes(type))) return layers
  const index = layers.findLastIndex(({ type }) => !COMMUTING.includes(type)) + 1
  return layers.toSpliced(index, 0, newLayer('Tanh', [...others, ...layers]))
}

/** What a layer keeps whatever it becomes: its id, and whether it is watched. */
function kept({ id, ...layer }: LayerSpec): Pick<LayerSpec, 'id' | (typeof WATCH_FIELDS)[number]> {
  const watching = WATCH_FIELDS.filter((field) => layer[field] !== undefined)
  return { id, ...Object.fromEntries(watching.map((field) => [field, layer[field]])) }
}

function toFullPrecision(layer: LayerSpec): LayerSpec | null {
  switch (layer.type) {
    case 'QActivation':
      return null
    case 'QConv2d':
    case 'QConv2d_NoAct': {
      const { outChannels, kernelSize, stride, padding, groups } = layer
      return { ...kept(layer), type: 'Conv2d', outChannels, kernelSize, stride, padding, groups, bias: true }
    }
    case 'QLinear':
      return { ...kept(layer), type: 'Linear', outFeatures: layer.outFeatures, bias: layer.bias }
    default:
      return layer
  }
}

function toBinary(layer: LayerSpec): LayerSpec {
  if (layer.type === 'Conv2d') {
    const { outChannels, kernelSize, stride, padding, groups } = layer
    const fresh = newLayer('QConv2d', []) as LayerSpecOf<'QConv2d'>
    return { ...fresh, ...kept(layer), outChannels, kernelSize, stride, padding, groups }
  }
  if (layer.type !== 'Linear') return layer
  const { outFeatures, bias } = layer
  return { ...(newLayer('QLinear', []) as LayerSpecOf<'QLinear'>), ...kept(layer), outFeatures, bias }
}

/** Without the activations since the last weights, whose place the sign takes, and with a BatchNorm. */
function readyForSign(layers: readonly LayerSpec[], others: readonly LayerSpec[]): readonly LayerSpec[] {
  const tail = sinceWeights(layers)
  const head = layers.slice(0, layers.length - tail.length)
  return normalised([...head, ...tail.filter(({ type }) => !NONLINEAR.includes(type))], others)
}

/** With a BatchNorm right after the last weights, unless one follows them anyway. */
function normalised(layers: readonly LayerSpec[], others: readonly LayerSpec[]): readonly LayerSpec[] {
  const tail = sinceWeights(layers)
  if (tail.some(({ type }) => type === 'BatchNorm')) return layers
  return layers.toSpliced(layers.length - tail.length, 0, newLayer('BatchNorm', [...others, ...layers]))
}

const twinName = (name: string) => (name.includes('binary') ? name.replace('binary', 'twin') : `${name}-twin`)
