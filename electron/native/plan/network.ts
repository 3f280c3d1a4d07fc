import { packSigns, transposeBits } from '#shared/bits/pack.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { LayerSpec, NetworkSpec } from '#shared/model/spec.ts'
import { requireSupported } from './support.ts'
import { packedSizes, type PackedLayer, type PackedSizes } from './values.ts'
import { everyComputing } from './walk.ts'

/** Trained values by name, such as `conv1.weight` or `norm1.running_mean`, as a checkpoint stores them. */
export type TrainedTensors = ReadonlyMap<string, Float32Array>

export interface PackedNetwork {
  readonly spec: NetworkSpec
  /** By layer id, those of shortcuts such as `block.shortcut.conv` too; layers without values have none. */
  readonly layers: ReadonlyMap<string, PackedLayer>
}

/** Takes the tensor of a layer, of this size. */
type Take = (name: string, size: number) => Float32Array

/** The tensor of each field; `scale` and `shift` are folded from four. */
const TENSORS = {
  weights: 'weight',
  bias: 'bias',
  before: 'shift_in',
  slope: 'weight',
  after: 'shift_out',
} as const

/**
 * Packs a trained network. Latent weights become signs; running statistics are folded into scale and shift, in doubles
 * and rounded once, exactly as the kernels evaluate batch normalisation.
 *
 * @throws SignumError `not_supported` for a layer that has no packed form; `checkpoint_damaged` when a tensor is missing
 * or one too many, has the wrong size, or holds what is no number.
 */
export function packNetwork(spec: NetworkSpec, tensors: TrainedTensors): PackedNetwork {
  requireSupported(spec)
  const layers = new Map<string, PackedLayer>()
  const used = new Set<string>()
  for (const analysis of everyComputing(analyseNetwork(spec).layers)) {
    const { layer } = analysis
    const packed = packLayer(layer, packedSizes(analysis), (name, size) => {
      used.add(`${layer.id}.${name}`)
      return requireTensor(tensors, `${layer.id}.${name}`, size)
    })
    if (Object.keys(packed).length > 0) layers.set(layer.id, packed)
  }
  for (const name of tensors.keys()) if (!used.has(name)) throw damaged(`the network has no "${name}"`)
  return { spec, layers }
}

function packLayer(layer: LayerSpec, { floats, filters }: PackedSizes, take: Take): PackedLayer {
  if (layer.type === 'BatchNorm') return fold(layer.eps, floats[0]![1], take)
  const packed = Object.fromEntries(
    floats.map(([field, count]) => [field, take(TENSORS[field as keyof typeof TENSORS], count)]),
  )
  if (!filters) return packed
  const { rows, columns } = filters
  return { ...packed, filters: transposeBits(packSigns(take('weight', rows * columns), columns, rows)) }
}

function fold(eps: number, channels: number, take: Take): PackedLayer {
  const [gamma, beta] = [take('weight', channels), take('bias', channels)]
  const [mean, variance] = [take('running_mean', channels), take('running_var', channels)]
  // The kernels take epsilon as a float.
  const scale = gamma.map((value, c) => value / Math.sqrt(variance[c]! + Math.fround(eps)))
  return { scale, shift: beta.map((value, c) => value - mean[c]! * scale[c]!) }
}

function requireTensor(tensors: TrainedTensors, name: string, size: number): Float32Array {
  const values = tensors.get(name)
  if (!values) throw damaged(`"${name}" is missing`)
  if (values.length !== size) throw damaged(`"${name}" has ${values.length} values, not ${size}`)
  const wrong = values.find((value) => !Number.isFinite(value))
  if (wrong !== undefined) throw damaged(`"${name}" holds ${wrong}`)
  return values
}

function damaged(what: string): SignumError {
  return new SignumError(
    'checkpoint_damaged',
    `These are not the trained values of this network: ${what}. Train it again.`,
  )
}
