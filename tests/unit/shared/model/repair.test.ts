import { expect, test } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import { describeRepair } from '#shared/model/repair.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { everyLayer, mapStacks, placeOf } from '#shared/model/tree.ts'

const CLASSES = 10

function network(...layers: Record<string, unknown>[]): NetworkSpec {
  const named = layers.map((layer, index) => ({ id: `l${index}`, ...layer }))
  return parseNetworkSpec({
    schema: 1,
    name: 'n',
    input: { height: 28, width: 28, channels: 1 },
    layers: named,
  })
}

const types = (spec: NetworkSpec) => spec.layers.map(({ type }) => type)

/** The network after the repair of its first problem, and what the button for it says. */
function repaired(spec: NetworkSpec): { label: string; spec: NetworkSpec } {
  const { layerId, repair } = analyseNetwork(spec, CLASSES).problems[0]!
  return { label: describeRepair(repair!), spec: { ...spec, layers: [...applyRepair(spec.layers, layerId!, repair!)] } }
}

test('an image before Linear gets a Flatten', () => {
  const { label, spec } = repaired(network({ type: 'Linear', outFeatures: 10 }))
  expect(label).toBe('Insert Flatten')
  expect(types(spec)).toEqual(['Flatten', 'Linear'])
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a layer that needs an image goes before the Flatten that took it', () => {
  const { label, spec } = repaired(
    network({ type: 'Flatten' }, { type: 'Tanh' }, { type: 'MaxPool2d' }, { type: 'Linear', outFeatures: 10 }),
  )
  expect(label).toBe('Move before the flattening')
  expect(types(spec)).toEqual(['MaxPool2d', 'Flatten', 'Tanh', 'Linear'])
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a layer that needs an image goes before the GlobalAvgPool that took it', () => {
  const { spec } = repaired(
    network({ type: 'GlobalAvgPool' }, { type: 'MaxPool2d' }, { type: 'Linear', outFeatures: 10 }),
  )
  expect(types(spec)).toEqual(['MaxPool2d', 'GlobalAvgPool', 'Linear'])
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a block too deep within others goes behind the one around it', () => {
  const block = (id: string, ...layers: object[]) => ({ id, type: 'Residual', layers })
  const deep = block('a', block('b', block('c', block('d'), { id: 'tanh', type: 'Tanh' })))
  const fits = network(deep, { type: 'Flatten' }, { type: 'Linear', outFeatures: 10 })
  const fifth = newLayer('Residual', [])
  const layers = mapStacks(fits.layers, (stack, id) => (id === 'd' ? [{ ...fifth, id: 'e' }] : stack))
  const { label, spec } = repaired({ ...fits, layers: [...layers] })
  expect(label).toBe('Move out of the block')
  expect([...everyLayer(spec.layers)].map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'tanh', 'l1', 'l2'])
  expect(placeOf(spec.layers, 'e')).toEqual({ block: 'c', index: 1 })
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a layer that puts out more than fits gets as many channels as fit, divided by its groups', () => {
  const wide = { type: 'Conv2d', outChannels: 8192, kernelSize: 1 }
  const side = { type: 'ZeroPad2d', paddingLeft: 32, paddingRight: 32, paddingTop: 32, paddingBottom: 32 }
  const { label, spec } = repaired(network(side, { ...wide, outChannels: 4 }, { ...wide, groups: 4 }))
  expect(label).toBe('Use out channels 5904')
  expect(spec.layers[2]).toMatchObject({ outChannels: 5904 })
})

test('a window larger than its image becomes the largest that fits', () => {
  const pooled = { type: 'MaxPool2d', kernelSize: 8 }
  const { label, spec } = repaired(
    network(
      pooled,
      { type: 'Conv2d', outChannels: 4, kernelSize: 5 },
      { type: 'Flatten' },
      { type: 'Linear', outFeatures: 10 },
    ),
  )
  expect(label).toBe('Use kernel size 3')
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a padding of more than half the window is cut down', () => {
  const { label, spec } = repaired(network({ type: 'AvgPool2d', kernelSize: 3, padding: 2 }))
  expect(label).toBe('Use padding 1')
  expect(spec.layers[0]).toMatchObject({ padding: 1 })
})

test('a network that ends in an image gets its last two layers', () => {
  const { label, spec } = repaired(network({ type: 'Tanh' }))
  expect(label).toBe('Append Flatten and Linear')
  expect(spec.layers.at(-1)).toMatchObject({ type: 'Linear', outFeatures: CLASSES })
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('wrong scores are put right where they come from, even through other layers', () => {
  const { label, spec } = repaired(
    network({ type: 'Flatten' }, { type: 'Linear', outFeatures: 7 }, { type: 'BatchNorm' }),
  )
  expect(label).toBe('Set out features to 10')
  expect(spec.layers[1]).toMatchObject({ outFeatures: 10 })
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('scores that no layer decides get one that does', () => {
  const { label, spec } = repaired(network({ type: 'Flatten' }, { type: 'Tanh' }))
  expect(label).toBe('Append Linear')
  expect(analyseNetwork(spec, CLASSES).problems).toEqual([])
})

test('a repair of a layer that is gone changes nothing', () => {
  const { layers } = network({ type: 'Flatten' })
  expect(applyRepair(layers, 'gone', { kind: 'insert', layers: [{ type: 'Flatten' }] })).toBe(layers)
})
