import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { adviseOn } from '#shared/model/advice.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { describeRepair } from '#shared/model/repair.ts'

const PRESETS = new URL('../../../../resources/presets/', import.meta.url)

type Layer = Record<string, unknown>

/** Ids are l0, l1 and so on, where a layer does not state its own. */
function layersOf(...layers: Layer[]) {
  const named = layers.map((layer, index) => ({ id: `l${index}`, ...layer }))
  return parseNetworkSpec({ schema: 1, name: 'n', input: { height: 28, width: 28, channels: 1 }, layers: named }).layers
}

const advised = (...layers: Layer[]) => adviseOn(layersOf(...layers)).map(({ layerId }) => layerId)

const conv = { type: 'Conv2d', outChannels: 4, kernelSize: 3 }
const binaryConv = { type: 'QConv2d', outChannels: 4, kernelSize: 3 }
const binaryLinear = { type: 'QLinear', outFeatures: 10 }
const [norm, relu, tanh, flatten, sign] = ['BatchNorm', 'ReLU', 'Tanh', 'Flatten', 'QActivation'].map((type) => ({
  type,
}))
const pool = { type: 'MaxPool2d' }
const residual = (id: string, ...layers: Layer[]) => ({ type: 'Residual', id, layers })

test('a binary layer that reads the pixels is named, with what is wrong and what to do', () => {
  const layers = layersOf(binaryConv, norm!, pool, flatten!, { type: 'Linear', outFeatures: 10 })
  const [advice, ...others] = adviseOn(layers)
  expect(others).toEqual([])
  expect(advice).toMatchObject({ layerId: 'l0', fix: 'Insert BatchNorm before it.' })
  expect(advice!.message).toMatch(/^Every input here is 0 or more, so its sign is always \+1/)
  expect(describeRepair(advice!.repair!)).toBe('Insert BatchNorm')
  const repaired = applyRepair(layers, 'l0', advice!.repair!)
  expect(repaired.slice(0, 2).map(({ type }) => type)).toEqual(['BatchNorm', 'QConv2d'])
  expect(adviseOn(repaired)).toEqual([])
})

test('such a network has no problem: it can be started as before', () => {
  const layers = layersOf(binaryConv, norm!, flatten!, { type: 'Linear', outFeatures: 10 })
  const input = { height: 28, width: 28, channels: 1 }
  expect(analyseNetwork({ schema: 1, name: 'n', input, layers: [...layers] }, 10).problems).toEqual([])
})

describe('advises where nothing negative can arrive', () => {
  test.each<[string, Layer[], string]>([
    ['QActivation on pixels', [sign!, { type: 'QConv2d_NoAct', outChannels: 4, kernelSize: 3 }], 'l0'],
    ['QLinear on flattened pixels', [flatten!, binaryLinear], 'l1'],
    ['behind a ReLU', [conv, norm!, relu!, binaryConv], 'l3'],
    ['behind PACT', [conv, { type: 'Pact' }, binaryConv], 'l2'],
    ['through pooling, dropout and flattening', [conv, relu!, pool, { type: 'Dropout' }, flatten!, binaryLinear], 'l5'],
    ['through odd functions of pixels', [tanh!, { type: 'PReLU' }, binaryConv], 'l2'],
    ['with another gradient of the sign', [{ ...binaryConv, inputQuantizer: 'approxsign' }], 'l0'],
    ['behind levels of 0 and more', [conv, { type: 'QActivation', quantizer: 'inputdorefa' }, binaryConv], 'l2'],
    ['within a block behind a ReLU', [conv, relu!, residual('b', { ...binaryConv, id: 'c', padding: 1 })], 'c'],
    ['behind a block of nothing negative', [residual('b', { ...relu!, id: 'r' }), binaryConv], 'l1'],
  ])('%s', (_, layers, id) => expect(advised(...layers)).toEqual([id]))
})

describe('keeps silent where something negative can arrive, or no sign is taken', () => {
  test.each<[string, Layer[]]>([
    ['behind a convolution', [conv, binaryConv]],
    ['behind batch normalisation of a ReLU', [conv, relu!, norm!, pool, binaryConv]],
    ['behind tanh of a convolution', [conv, tanh!, pool, flatten!, binaryLinear]],
    ['behind the shifts of RPReLU', [conv, relu!, { type: 'RPReLU' }, binaryConv]],
    ['behind a border of -1', [{ type: 'PadModule', paddingLeft: 1, paddingValue: -1 }, binaryConv]],
    ['behind a block that adds what can be negative', [relu!, residual('b', { ...norm!, id: 'n' }), binaryConv]],
    ['behind a 1×1 shortcut', [{ ...residual('b', { ...relu!, id: 'r' }), shortcut: 'conv' }, binaryConv]],
    ['without an input quantizer', [{ type: 'QConv2d_NoAct', outChannels: 4, kernelSize: 3 }]],
    ['with a step that tells zero from more', [{ ...binaryConv, inputQuantizer: 'steheaviside' }]],
    ['with DoReFa levels', [{ ...binaryConv, inputQuantizer: 'inputdorefa' }]],
  ])('%s', (_, layers) => expect(advised(...layers)).toEqual([]))
})

test('only the first of a chain is named', () => {
  expect(advised(binaryConv, pool, binaryConv)).toEqual(['l0'])
})

test.each(readdirSync(PRESETS))('the preset %s needs no advice', (file) => {
  const { spec } = JSON.parse(readFileSync(new URL(file, PRESETS), 'utf8')) as { spec: unknown }
  expect(adviseOn(parseNetworkSpec(spec).layers)).toEqual([])
})
