import { expect, test } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { searchLayers } from '../../../../renderer/editing/search.ts'

const found = (typed: string) => searchLayers(typed).map(({ type }) => type)

test('nothing typed finds everything in the palette’s order', () => {
  expect(found(' ')).toEqual(LAYER_DEFINITIONS.map(({ type }) => type))
})

test('names that begin with what was typed come first', () => {
  expect(found('conv').slice(0, 3)).toEqual(['Conv2d', 'QConv2d', 'QConv2d_NoAct'])
  expect(found('flat')[0]).toBe('Flatten')
})

test('words are found in the shelf and the summary too, all of them', () => {
  expect(found('pooling')).toEqual(['MaxPool2d', 'AvgPool2d', 'GlobalAvgPool'])
  expect(found('depthwise')).toEqual(['QConv2d', 'QConv2d_NoAct', 'Conv2d'])
  expect(found('pool largest')).toEqual(['MaxPool2d'])
  expect(found('nothing like it')).toEqual([])
})
