import { expect, test } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import { layerSchema, type LayerSpec } from '#shared/model/spec.ts'
import {
  copyLayers,
  insertLayers,
  moveLayersTo,
  removeLayers,
  setParameter,
  shiftLayers,
} from '../../../../renderer/editing/layers.ts'

const layers: readonly LayerSpec[] = ['a', 'b', 'c', 'd'].map((id) => layerSchema.parse({ id, type: 'Tanh' }))
const ids = (list: readonly LayerSpec[]) => list.map(({ id }) => id).join('')

test.each(LAYER_DEFINITIONS.map(({ type }) => type))('a new %s is valid as it comes', (type) => {
  expect(layerSchema.safeParse(newLayer(type, layers)).success).toBe(true)
})

test('a new layer takes the first free number of its kind and the parameters it is given', () => {
  const first = newLayer('QConv2d', layers)
  expect(first.id).toBe('conv1')
  expect(newLayer('Conv2d', [first], { kernelSize: 3 })).toMatchObject({ id: 'conv2', kernelSize: 3, outChannels: 64 })
})

test('layers are inserted where they are meant to be and removed together', () => {
  const added = newLayer('ReLU', layers)
  expect(insertLayers(layers, [added], 1).map(({ id }) => id)).toEqual(['a', 'relu1', 'b', 'c', 'd'])
  expect(ids(removeLayers(layers, ['b', 'd']))).toBe('ac')
})

test.each([
  [['a'], 4, 'bcda'],
  [['d'], 0, 'dabc'],
  [['b', 'd'], 1, 'abdc'],
  [['c', 'a'], 2, 'bacd'],
  [['a', 'c'], 4, 'bdac'],
])('%s move before the place %d in their own order', (moved, index, expected) => {
  expect(ids(moveLayersTo(layers, moved, index))).toBe(expected)
})

test('a move to where the layers are changes nothing', () => {
  expect(moveLayersTo(layers, ['b'], 1)).toBe(layers)
  expect(moveLayersTo(layers, ['b'], 2)).toBe(layers)
})

test('shifting moves a block past its neighbour and stops at both ends', () => {
  expect(ids(shiftLayers(layers, ['b', 'c'], -1))).toBe('bcad')
  expect(ids(shiftLayers(layers, ['b', 'c'], 1))).toBe('adbc')
  expect(shiftLayers(layers, ['a', 'b'], -1)).toBe(layers)
  expect(shiftLayers(layers, ['d'], 1)).toBe(layers)
  expect(shiftLayers(layers, ['unknown'], 1)).toBe(layers)
})

test('copies get ids of their own', () => {
  const copies = copyLayers(layers.slice(0, 2), layers)
  expect(copies).toEqual([
    { id: 'tanh1', type: 'Tanh' },
    { id: 'tanh2', type: 'Tanh' },
  ])
})

test('a parameter changes in its layer only', () => {
  const convolution = newLayer('Conv2d', [])
  const next = setParameter([convolution, ...layers], 'conv1', 'kernelSize', 3)
  expect(next[0]).toEqual({ ...convolution, kernelSize: 3 })
  expect(next.slice(1)).toEqual(layers)
})
