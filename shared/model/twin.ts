import { SignumError } from '../contract/errors.ts'
import { WATCH_FIELDS } from './definition.ts'
import { layerDefinition } from './layers/index.ts'
import { newLayer } from './new-layer.ts'
import type { LayerSpec, LayerSpecOf, NetworkSpec } from './spec.ts'
import { everyLayer, isBlock } from './tree.ts'

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
  return [...everyLayer(spec.layers)].some((layer) => layerDefinition(layer.type).group === 'binary')
}

/**
 * The full-precision twin: binary layers get 32-bit weights and a bias, and where a sign was the only nonlinearity
 * since the weights before it, Tanh takes its place. A monotone function gives the same before MaxPool2d and Flatten
 * as after them, so Tanh goes before, where the notebook has it.
 */
export function fullPrecisionTwin(spec: NetworkSpec): NetworkSpec {
  return { ...spec, name: twinName(spec.name), layers: floatStack(spec.layers, { before: [], others: spec.layers }) }
}

/**
 * The binary version: every layer with weights but the first and the last becomes binary. The sign of its input takes
 * the place of the activation before it, behind a BatchNorm (without which the signs would hardly change), and another
 * BatchNorm follows its sums, which are large.
 *
 * @throws SignumError `not_supported` when no layer is left to make binary.
 */
export function binaryTwin(spec: NetworkSpec): NetworkSpec {
  const weighted = [...everyLayer(spec.layers)].filter(hasWeights)
  const inner = weighted.slice(1, -1)
  if (inner.length === 0) {
    throw new SignumError(
      'not_supported',
      'This network has no binary version: its first and last layer stay in full precision, and there is no other with weights. Add one between them.',
    )
  }
  const layers = binaryStack(spec.layers, { before: [], others: spec.layers }, { inner, last: weighted.at(-1)! })
  return { ...spec, name: `${spec.name.replace(/-(twin|full-precision)$/, '')}-binary`, layers }
}

/** Where a stack stands while its twin is made. */
interface Around {
  /** The twins of the layers that a signal meets before the stack. */
  readonly before: readonly LayerSpec[]
  /** The layers of the first network, whose ids are taken. */
  readonly others: readonly LayerSpec[]
}

function floatStack(stack: readonly LayerSpec[], { before, others }: Around): LayerSpec[] {
  let layers: readonly LayerSpec[] = []
  for (const layer of stack) {
    if (signsItsInput(layer)) layers = withNonlinearity(layers, { before, others })
    const twin = isBlock(layer)
      ? { ...layer, layers: floatStack(layer.layers, { before: [...before, ...layers], others }) }
      : toFullPrecision(layer)
    if (twin) layers = [...layers, twin]
  }
  return [...layers]
}

function binaryStack(
  stack: readonly LayerSpec[],
  { before, others }: Around,
  weighted: { readonly inner: readonly LayerSpec[]; readonly last: LayerSpec },
): LayerSpec[] {
  let layers: readonly LayerSpec[] = []
  for (const layer of stack) {
    const isInner = weighted.inner.includes(layer)
    if (isInner) layers = readyForSign(layers, { before, others })
    // What follows the last binary layer reads its sums.
    else if (layer === weighted.last) layers = normalised(layers, { before, others })
    if (isBlock(layer)) {
      const held = binaryStack(layer.layers, { before: [...before, ...layers], others }, weighted)
      const sums = layer.layers.some((one) => weighted.inner.includes(one))
      // Sums of bits are added to the shortcut only once they are of its size.
      const ready = sums ? normalised(held, { before: [...before, ...layers], others }) : held
      layers = [...layers, { ...layer, layers: [...ready] }]
    } else layers = [...layers, isInner ? toBinary(layer) : layer]
  }
  return [...layers]
}

const NONLINEAR: readonly LayerSpec['type'][] = ['Tanh', 'ReLU', 'Hardtanh', 'LeakyReLU', 'PReLU', 'RPReLU', 'Pact']
const COMMUTING: readonly LayerSpec['type'][] = ['MaxPool2d', 'Flatten']

const hasWeights = (layer: LayerSpec) => 'outChannels' in layer || 'outFeatures' in layer
const signsItsInput = (layer: LayerSpec) => layer.type === 'QActivation' || 'inputQuantizer' in layer

/** The layers behind the last one with weights; all of them if none has any. */
function sinceWeights(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.slice(layers.findLastIndex((layer) => [...everyLayer([layer])].some(hasWeights)) + 1)
}

/** What a signal meets between the last weights and the end of `layers`, in blocks or not. */
function path({ before }: Around, layers: readonly LayerSpec[]): readonly LayerSpec[] {
  const all = [...everyLayer([...before, ...layers])]
  return all.slice(all.findLastIndex(hasWeights) + 1)
}

function withNonlinearity(layers: readonly LayerSpec[], around: Around): readonly LayerSpec[] {
  // Nothing is between the image and the first weights in full precision.
  if (![...everyLayer([...around.before, ...layers])].some(hasWeights)) return layers
  if (path(around, layers).some(({ type }) => NONLINEAR.includes(type))) return layers
  const index = layers.findLastIndex(({ type }) => !COMMUTING.includes(type)) + 1
  return layers.toSpliced(index, 0, newLayer('Tanh', [...around.others, ...around.before, ...layers]))
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
function readyForSign(layers: readonly LayerSpec[], around: Around): readonly LayerSpec[] {
  const tail = sinceWeights(layers)
  const head = layers.slice(0, layers.length - tail.length)
  return normalised([...head, ...tail.filter(({ type }) => !NONLINEAR.includes(type))], around)
}

/** With a BatchNorm right after the last weights, or at the beginning of the stack, unless one follows them anyway. */
function normalised(layers: readonly LayerSpec[], around: Around): readonly LayerSpec[] {
  if (path(around, layers).some(({ type }) => type === 'BatchNorm')) return layers
  const index = layers.length - sinceWeights(layers).length
  return layers.toSpliced(index, 0, newLayer('BatchNorm', [...around.others, ...around.before, ...layers]))
}

const twinName = (name: string) => (name.includes('binary') ? name.replace('binary', 'twin') : `${name}-twin`)
