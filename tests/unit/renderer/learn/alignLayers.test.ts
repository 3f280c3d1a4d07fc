import { expect, test } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { alignLayers } from '../../../../renderer/features/learn/alignLayers.ts'
import { FakeLab } from '../fakeLab.ts'

const layersOf = (id: string) => analyseNetwork(new FakeLab().presets.find((preset) => preset.id === id)!.spec).layers

test('the notebook’s two networks stand layer beside layer', () => {
  const pairs = alignLayers(layersOf('lenet-full-precision'), layersOf('lenet-binary'))
  const shown = pairs.map(({ left, right }) => [left?.layer.type ?? '', right?.layer.type ?? ''])
  expect(shown).toEqual([
    ['Conv2d', 'Conv2d'],
    ['BatchNorm', 'BatchNorm'],
    ['Tanh', 'Tanh'],
    ['MaxPool2d', 'MaxPool2d'],
    ['', 'QActivation'],
    ['Conv2d', 'QConv2d_NoAct'],
    ['BatchNorm', 'BatchNorm'],
    ['Tanh', ''],
    ['MaxPool2d', 'MaxPool2d'],
    ['Flatten', 'Flatten'],
    ['', 'QActivation'],
    ['Linear', 'QLinear'],
    ['BatchNorm', 'BatchNorm'],
    ['Tanh', 'Tanh'],
    ['Linear', 'Linear'],
  ])
})

test('no layer is lost when one network goes on after the other has ended', () => {
  const layers = layersOf('lenet-binary')
  expect(alignLayers(layers.slice(0, 2), layers)).toHaveLength(layers.length)
  expect(alignLayers(layers, [])).toHaveLength(layers.length)
})
