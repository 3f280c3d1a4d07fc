import { expect, test } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import { layerSchema, type LayerSpec, type LayerSpecOf } from '#shared/model/spec.ts'
import {
  copyLayers,
  insertLayers,
  moveLayersTo,
  outermost,
  placeAfterStep,
  removeLayers,
  setParameter,
} from '../../../../renderer/editing/layers.ts'

const layers: readonly LayerSpec[] = ['a', 'b', 'c', 'd'].map((id) => layerSchema.parse({ id, type: 'Tanh' }))
const at = (index: number, block: string | null = null) => ({ block, index })

/** a [ b [ c ] d ] e, with the blocks x and y around. */
const tree: readonly LayerSpec[] = [
  layers[0]!,
  {
    ...block('x'),
    layers: [layers[1]!, { ...block('y'), layers: [layers[2]!] }, layers[3]!],
  },
  layerSchema.parse({ id: 'e', type: 'ReLU' }),
]

function block(id: string): LayerSpecOf<'Residual'> {
  return layerSchema.parse({ id, type: 'Residual' }) as LayerSpecOf<'Residual'>
}

/** Ids with what a block holds in brackets. */
const draw = (list: readonly LayerSpec[]): string =>
  list.map((layer) => ('layers' in layer ? `${layer.id}[${draw(layer.layers)}]` : layer.id)).join('')

function shiftLayers(list: readonly LayerSpec[], moved: readonly string[], by: -1 | 1): readonly LayerSpec[] {
  const place = placeAfterStep(list, moved, by)
  return place ? moveLayersTo(list, moved, place) : list
}

const ids = (list: readonly LayerSpec[]) => list.map(({ id }) => id).join('')

test.each(LAYER_DEFINITIONS.map(({ type }) => type))('a new %s is valid as it comes', (type) => {
  expect(layerSchema.safeParse(newLayer(type, layers)).success).toBe(true)
})

test('a new layer takes the first free number of its kind and the parameters it is given', () => {
  const first = newLayer('QConv2d', layers)
  expect(first.id).toBe('conv1')
  expect(newLayer('Conv2d', [first], { kernelSize: 3 })).toMatchObject({ id: 'conv2', kernelSize: 3, outChannels: 64 })
})

test.each(['MaxPool2d', 'AvgPool2d'] as const)('a new %s halves the image', (type) => {
  expect(newLayer(type, [])).toMatchObject({ kernelSize: 2 })
})

test('layers are inserted where they are meant to be and removed together', () => {
  const added = newLayer('ReLU', layers)
  expect(insertLayers(layers, [added], at(1)).map(({ id }) => id)).toEqual(['a', 'relu1', 'b', 'c', 'd'])
  expect(ids(removeLayers(layers, ['b', 'd']))).toBe('ac')
})

test.each([
  [['a'], 4, 'bcda'],
  [['d'], 0, 'dabc'],
  [['b', 'd'], 1, 'abdc'],
  [['c', 'a'], 2, 'bacd'],
  [['a', 'c'], 4, 'bdac'],
])('%s move before the place %d in their own order', (moved, index, expected) => {
  expect(ids(moveLayersTo(layers, moved, at(index)))).toBe(expected)
})

test('a move to where the layers are changes nothing', () => {
  expect(moveLayersTo(layers, ['b'], at(1))).toBe(layers)
  expect(moveLayersTo(layers, ['b'], at(2))).toBe(layers)
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

test('a block is edited like the network itself, at every depth', () => {
  expect(draw(tree)).toBe('ax[by[c]d]e')
  const added = newLayer('ReLU', tree)
  expect(draw(insertLayers(tree, [added], at(1, 'y')))).toBe('ax[by[crelu1]d]e')
  expect(draw(removeLayers(tree, ['y', 'e']))).toBe('ax[bd]')
  expect(setParameter(tree, 'c', 'p', 1)[1]).toMatchObject({ layers: [{}, { layers: [{ id: 'c', p: 1 }] }, {}] })
  expect(setParameter(tree, 'unknown', 'p', 1)).toBe(tree)
})

test.each([
  ['into a block', ['a'], at(0, 'y'), 'x[by[ac]d]e'],
  ['out of a block', ['c'], at(3), 'ax[by[]d]ec'],
  ['between blocks', ['d'], at(1, 'y'), 'ax[by[cd]]e'],
  ['within a block', ['d'], at(0, 'x'), 'ax[dby[c]]e'],
  ['with all it holds', ['y'], at(0), 'y[c]ax[bd]e'],
  ['together, in their order, each once', ['e', 'y', 'c', 'a'], at(3, 'x'), 'x[bday[c]e]'],
])('layers move %s', (_how, moved, place, expected) => {
  expect(draw(moveLayersTo(tree, moved, place))).toBe(expected)
})

test('no block moves into itself, and nothing moves to where it is', () => {
  expect(moveLayersTo(tree, ['x'], at(0, 'y'))).toBe(tree)
  expect(moveLayersTo(tree, ['x'], at(0, 'x'))).toBe(tree)
  expect(moveLayersTo(tree, ['c'], at(1, 'y'))).toBe(tree)
  expect(moveLayersTo(tree, ['c'], at(0, 'unknown'))).toBe(tree)
})

test('steps lead through open blocks, and back the same way', () => {
  const steps = ['ax[by[c]d]e', 'x[aby[c]d]e', 'x[bay[c]d]e', 'x[by[ac]d]e', 'x[by[ca]d]e', 'x[by[c]ad]e']
  const ways = [...steps, 'x[by[c]da]e', 'x[by[c]d]ae', 'x[by[c]d]ea']
  let walked = tree
  for (const way of ways.slice(1)) expect(draw((walked = shiftLayers(walked, ['a'], 1)))).toBe(way)
  expect(shiftLayers(walked, ['a'], 1)).toBe(walked)
  for (const way of ways.toReversed().slice(1)) expect(draw((walked = shiftLayers(walked, ['a'], -1)))).toBe(way)
})

test('a step goes past a block that is folded', () => {
  const place = placeAfterStep(tree, ['a'], 1, () => false)!
  expect(draw(moveLayersTo(tree, ['a'], place))).toBe('x[by[c]d]ae')
})

test('copies of a block rename all that it holds', () => {
  const copies = copyLayers(outermost(tree, ['x', 'c']), tree)
  expect(draw(copies)).toBe('block1[tanh1block2[tanh2]tanh3]')
  expect(draw(tree)).toBe('ax[by[c]d]e')
})
