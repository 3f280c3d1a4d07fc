import { readFileSync } from 'node:fs'
import { packNetwork, type PackedNetwork } from '#electron/native/plan/network.ts'
import { everyComputing } from '#electron/native/plan/walk.ts'
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

/** A layer as its type, its parameters and, of a block, what it holds. */
export type LayerSketch = readonly [type: string, parameters?: object, layers?: readonly LayerSketch[]]

/** A spec from its layers; ids are made up. */
export function specOf(input: NetworkSpec['input'], sketches: readonly LayerSketch[]): NetworkSpec {
  let count = 0
  const layerOf = ([type, parameters, inside]: LayerSketch): object => ({
    id: `${type.toLowerCase()}${count++}`,
    type,
    ...parameters,
    ...(inside ? { layers: inside.map(layerOf) } : {}),
  })
  return parseNetworkSpec({ schema: 1, name: 'made for a test', input, layers: sketches.map(layerOf) })
}

/** Trained values of a network: every third channel of a batch normalisation falls, every seventh is constant. */
export function randomTensors(spec: NetworkSpec, seed: number): Map<string, Float32Array> {
  const next = noise(seed)
  const tensors = new Map<string, Float32Array>()
  const fill = (name: string, count: number, value = next) =>
    tensors.set(name, Float32Array.from({ length: count }, value))
  for (const { layer, own, output } of everyComputing(analyseNetwork(spec).layers)) {
    const outputs = channelsOf(output.shape)
    const bias = 'bias' in layer && layer.bias ? outputs : 0
    if (layer.type === 'PReLU' || layer.type === 'RPReLU') {
      // One slope in five falls: such a channel turns round.
      fill(`${layer.id}.weight`, outputs, () => 0.6 * next() + 0.4)
      if (layer.type === 'RPReLU') for (const name of ['shift_in', 'shift_out']) fill(`${layer.id}.${name}`, outputs)
    } else if (layer.type === 'BatchNorm') {
      let channel = 0
      fill(`${layer.id}.weight`, outputs, () => (++channel % 7 === 0 ? 0 : channel % 3 === 0 ? -0.7 : 0.9))
      fill(`${layer.id}.bias`, outputs, () => 0.3 * next())
      fill(`${layer.id}.running_mean`, outputs, () => 2 * next())
      fill(`${layer.id}.running_var`, outputs, () => 5 + 4 * next())
    } else if (own.parameters[1] + own.parameters[32] > 0) {
      fill(`${layer.id}.weight`, own.parameters[1] + own.parameters[32] - bias)
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

/** Blocks within blocks, both shortcuts with and without pooling, both ways to join, groups, rectifiers and borders. */
export const residual = specOf({ height: 13, width: 11, channels: 2 }, [
  ['Conv2d', { outChannels: 12, kernelSize: 3, padding: 1, bias: false }],
  ['BatchNorm'],
  ['MaxPool2d', { kernelSize: 2 }],
  [
    'Residual',
    {},
    [
      ['QConv2d', { outChannels: 12, kernelSize: 3, padding: 1, groups: 2 }],
      ['BatchNorm'],
      ['Residual', {}, [['QConv2d', { outChannels: 12, kernelSize: 3, padding: 1, paddingValue: 0 }], ['BatchNorm']]],
      ['RPReLU'],
    ],
  ],
  ['PReLU'],
  [
    'Residual',
    { shortcut: 'conv', shortcutStride: 2 },
    [
      ['ZeroPad2d', { paddingTop: 2, paddingLeft: 2 }],
      ['QConv2d', { outChannels: 12, kernelSize: 3, groups: 12 }],
      ['BatchNorm'],
      ['LeakyReLU', { negativeSlope: 0.1 }],
      ['PadModule', { paddingRight: 1, paddingBottom: 1, paddingValue: 1 }],
      ['QConv2d', { outChannels: 70, kernelSize: 3, stride: 2 }],
    ],
  ],
  [
    'Residual',
    { combine: 'concat' },
    [
      ['QActivation'],
      ['PadModule', { paddingLeft: 1, paddingTop: 1, paddingRight: 1, paddingBottom: 1, paddingValue: -1 }],
      ['QConv2d_NoAct', { outChannels: 20, kernelSize: 3, groups: 10, paddingValue: 1 }],
    ],
  ],
  [
    'Residual',
    { shortcut: 'conv', shortcutBatchNorm: false },
    [['Conv2d', { outChannels: 9, kernelSize: 1, groups: 3 }]],
  ],
  [
    'Residual',
    {},
    [
      ['Conv2d', { outChannels: 9, kernelSize: 2, padding: 1, groups: 9 }],
      ['MaxPool2d', { kernelSize: 2, stride: 1 }],
    ],
  ],
  ['GlobalAvgPool'],
  ['BatchNorm'],
  ['Residual', {}, [['QLinear', { outFeatures: 9 }], ['BatchNorm'], ['PReLU']]],
  ['Linear', { outFeatures: 10 }],
])
