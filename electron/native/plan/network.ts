import type { BitMatrix } from '#shared/bits/layout.ts'
import { packSigns, transposeBits } from '#shared/bits/pack.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { LayerSpec, NetworkSpec } from '#shared/model/spec.ts'

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
 * and rounded once.
 *
 * @throws SignumError `run_not_usable` when a tensor is missing or has the wrong size.
 */
export function packNetwork(spec: NetworkSpec, tensors: TrainedTensors): PackedNetwork {
  const layers = new Map<string, PackedLayer>()
  for (const { layer, cost, output } of analyseNetwork(spec).layers) {
    const outputs = output.shape.kind === 'image' ? output.shape.channels : output.shape.count
    const tensor = (name: string, size: number) => requireTensor(tensors, `${layer.id}.${name}`, size)
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
  return { spec, layers }
}

function fold(eps: number, channels: number, tensor: (name: string, size: number) => Float32Array): PackedLayer {
  const [gamma, beta] = [tensor('weight', channels), tensor('bias', channels)]
  const [mean, variance] = [tensor('running_mean', channels), tensor('running_var', channels)]
  const scale = gamma.map((value, c) => value / Math.sqrt(variance[c]! + eps))
  return { scale, shift: beta.map((value, c) => value - mean[c]! * scale[c]!) }
}

function requireTensor(tensors: TrainedTensors, name: string, size: number): Float32Array {
  const values = tensors.get(name)
  if (values?.length === size) return values
  throw new SignumError(
    'run_not_usable',
    values
      ? `The trained values of "${name}" are ${values.length}, but the network needs ${size}. Train it again.`
      : `The trained values of "${name}" are missing. Train the network again.`,
  )
}
