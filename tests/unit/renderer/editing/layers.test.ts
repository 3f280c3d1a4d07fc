import { expect, test } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { layerSchema, type LayerSpec } from '#shared/model/spec.ts'
import { duplicateLayer, insertLayer, moveLayer, newLayer, removeLayer } from '../../../../renderer/editing/layers.ts'

const layers: readonly LayerSpec[] = ['conv1', 'tanh1', 'flatten1'].map((id) => layerSchema.parse({ id, type: 'Tanh' }))
const ids = (list: readonly LayerSpec[]) => list.map(({ id }) => id)

test.each(LAYER_DEFINITIONS.map(({ type }) => type))('a new %s is valid as it comes', (type) => {
  expect(layerSchema.safeParse(newLayer(type, layers)).success).toBe(true)
})

test('a new layer takes the first free number of its kind', () => {
  expect(newLayer('QConv2d', layers).id).toBe('conv2')
  expect(newLayer('MaxPool2d', layers).id).toBe('pool1')
})

test('a layer goes after the selected one, or to the end', () => {
  const layer = newLayer('ReLU', layers)
  expect(ids(insertLayer(layers, layer, 'conv1'))).toEqual(['conv1', 'relu1', 'tanh1', 'flatten1'])
  expect(ids(insertLayer(layers, layer, null))).toEqual(['conv1', 'tanh1', 'flatten1', 'relu1'])
})

test('moving changes places with the neighbour and stops at both ends', () => {
  expect(ids(moveLayer(layers, 'tanh1', -1))).toEqual(['tanh1', 'conv1', 'flatten1'])
  expect(ids(moveLayer(layers, 'tanh1', 1))).toEqual(['conv1', 'flatten1', 'tanh1'])
  expect(moveLayer(layers, 'conv1', -1)).toBe(layers)
  expect(moveLayer(layers, 'flatten1', 1)).toBe(layers)
})

test('a copy stands right after its original under an id of its own', () => {
  const { layers: next, copy } = duplicateLayer(layers, 'conv1')
  expect(ids(next)).toEqual(['conv1', 'tanh2', 'tanh1', 'flatten1'])
  expect(copy).toEqual({ ...layers[0], id: 'tanh2' })
})

test('removing leaves the others as they are', () => {
  expect(ids(removeLayer(layers, 'tanh1'))).toEqual(['conv1', 'flatten1'])
})
