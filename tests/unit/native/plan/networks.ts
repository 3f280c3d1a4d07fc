import { readFileSync } from 'node:fs'
import { packNetwork, type PackedNetwork } from '#electron/native/plan/network.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { channelsOf } from '#shared/model/signal.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'

/** A small generator of numbers in [-1, 1), so that every test sees the same ones. */
export function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

export function preset(name: string): NetworkSpec {
  const file = new URL(`../../../../resources/presets/${name}.json`, import.meta.url)
  return parseNetworkSpec((JSON.parse(readFileSync(file, 'utf8')) as { spec: unknown }).spec)
}

/** A spec from its layers, each `[type, parameters]`; ids are made up. */
export function specOf(
  input: NetworkSpec['input'],
  layers: readonly (readonly [type: string, parameters?: object])[],
): NetworkSpec {
  return parseNetworkSpec({
    schema: 1,
    name: 'made for a test',
    input,
    layers: layers.map(([type, parameters], index) => ({ id: `${type.toLowerCase()}${index}`, type, ...parameters })),
  })
}

/** Trained values of a network: every third channel of a batch normalisation falls, every seventh is constant. */
export function randomTensors(spec: NetworkSpec, seed: number): Map<string, Float32Array> {
  const next = noise(seed)
  const tensors = new Map<string, Float32Array>()
  const fill = (name: string, count: number, value = next) =>
    tensors.set(name, Float32Array.from({ length: count }, value))
  for (const { layer, cost, output } of analyseNetwork(spec).layers) {
    const outputs = channelsOf(output.shape)
    const bias = 'bias' in layer && layer.bias ? outputs : 0
    if (layer.type === 'BatchNorm') {
      let channel = 0
      fill(`${layer.id}.weight`, outputs, () => (++channel % 7 === 0 ? 0 : channel % 3 === 0 ? -0.7 : 0.9))
      fill(`${layer.id}.bias`, outputs, () => 0.3 * next())
      fill(`${layer.id}.running_mean`, outputs, () => 2 * next())
      fill(`${layer.id}.running_var`, outputs, () => 5 + 4 * next())
    } else if (cost.parameters[1] + cost.parameters[32] > 0) {
      fill(`${layer.id}.weight`, cost.parameters[1] + cost.parameters[32] - bias)
      if (bias > 0) fill(`${layer.id}.bias`, bias)
    }
  }
  return tensors
}

export function randomNetwork(spec: NetworkSpec, seed: number): PackedNetwork {
  return packNetwork(spec, randomTensors(spec, seed))
}

/** Images of which about half of the pixels are paper. */
export function images({ input }: NetworkSpec, count: number): Float32Array {
  const next = noise(99)
  return Float32Array.from({ length: count * input.height * input.width * input.channels }, () => Math.max(0, next()))
}

/** Windows, paddings and channel counts that fill no word. */
export const odd = specOf({ height: 11, width: 9, channels: 3 }, [
  ['Conv2d', { outChannels: 13, kernelSize: 3, padding: 1 }],
  ['MaxPool2d', { kernelSize: 2 }],
  ['BatchNorm'],
  ['QConv2d', { outChannels: 70, kernelSize: 3, padding: 1, paddingValue: 0 }],
  ['BatchNorm'],
  ['Hardtanh'],
  ['QConv2d', { outChannels: 5, kernelSize: 2, stride: 2, padding: 1, paddingValue: 1 }],
  ['MaxPool2d', { kernelSize: 3, stride: 1, padding: 1 }],
  ['BatchNorm'],
  ['Flatten'],
  ['BatchNorm'],
  ['QLinear', { outFeatures: 17 }],
  ['BatchNorm'],
  ['QLinear', { outFeatures: 9, bias: false }],
  ['ReLU'],
  ['Linear', { outFeatures: 10 }],
])
