import type { BitMatrix } from '#shared/bits/layout.ts'
import { packSigns, transposeBits } from '#shared/bits/pack.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { channelsOf } from '#shared/model/signal.ts'
import type { LayerSpec, NetworkSpec } from '#shared/model/spec.ts'
import { requireSupported } from './support.ts'

/** Trained values by name, such as `conv1.weight` or `norm1.running_mean`, as a checkpoint stores them. */
export type TrainedTensors = ReadonlyMap<string, Float32Array>

/** What is left of a layer after training: exactly what `packedBytes` in shared/model/cost.ts counts. */
export interface PackedLayer {
  /** Signs of binary weights: a row for each output, in the order kernel row, kernel column, input channel. */
  readonly filters?: BitMatrix
  /** Weights that stay floats: HWIO, or [input, output]. */
  readonly weights?: Float32Array
  readonly bias?: Float32Array
  /** Batch normalisation folded: y = x · scale + shift. */
  readonly scale?: Float32Array
  readonly shift?: Float32Array
}

export interface PackedNetwork {
  readonly spec: NetworkSpec
  /** By layer id; layers without values have none. */
  readonly layers: ReadonlyMap<string, PackedLayer>
}

const BINARY: readonly LayerSpec['type'][] = ['QConv2d', 'QConv2d_NoAct', 'QLinear']

export function isBinary(layer: LayerSpec): boolean {
  return BINARY.includes(layer.type)
}

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
  for (const { layer, cost, output } of analyseNetwork(spec).layers) {
    const outputs = channelsOf(output.shape)
    const tensor = (name: string, size: number) => {
      used.add(`${layer.id}.${name}`)
      return requireTensor(tensors, `${layer.id}.${name}`, size)
    }
    if (layer.type === 'BatchNorm') {
      layers.set(layer.id, fold(layer.eps, outputs, tensor))
    } else if (cost.parameters[1] + cost.parameters[32] > 0) {
      const bias = 'bias' in layer && layer.bias ? { bias: tensor('bias', outputs) } : {}
      const count = cost.parameters[1] + cost.parameters[32] - (bias.bias?.length ?? 0)
      const weights = tensor('weight', count)
      layers.set(
        layer.id,
        isBinary(layer)
          ? { filters: transposeBits(packSigns(weights, count / outputs, outputs)), ...bias }
          : { weights, ...bias },
      )
    }
  }
  for (const name of tensors.keys()) if (!used.has(name)) throw damaged(`the network has no "${name}"`)
  return { spec, layers }
}

function fold(eps: number, channels: number, tensor: (name: string, size: number) => Float32Array): PackedLayer {
  const [gamma, beta] = [tensor('weight', channels), tensor('bias', channels)]
  const [mean, variance] = [tensor('running_mean', channels), tensor('running_var', channels)]
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
