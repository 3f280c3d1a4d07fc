import { describe, expect, it } from 'vitest'
import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { formatShape } from '#shared/model/signal.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { preset } from '../../../fixtures/presets.ts'

function network(layers: readonly object[], input = { height: 28, width: 28, channels: 1 }): NetworkSpec {
  const numbered = layers.map((layer, index) => ({ id: `layer${index}`, ...layer }))
  return parseNetworkSpec({ schema: 1, name: 'test', input, layers: numbered })
}

const outputs = (spec: NetworkSpec) =>
  analyseNetwork(spec).layers.map(({ output }) => `${formatShape(output.shape)}/${output.bits}`)

describe('the shapes of the notebook’s networks', () => {
  it('binary', () => {
    expect(outputs(preset('lenet-binary'))).toEqual([
      '24×24×64/32',
      '24×24×64/32',
      '24×24×64/32',
      '12×12×64/32',
      '12×12×64/1',
      '8×8×64/32',
      '8×8×64/32',
      '4×4×64/32',
      '1024/32',
      '1024/1',
      '1000/32',
      '1000/32',
      '1000/32',
      '10/32',
    ])
  })

  it('full precision, with its bottleneck of ten', () => {
    expect(outputs(preset('lenet-full-precision')).slice(-5)).toEqual(['1024/32', '10/32', '10/32', '10/32', '10/32'])
  })

  it.each(['lenet-binary', 'lenet-full-precision', 'lenet-twin', 'lenet-binary-strong', 'mlp-binary'])(
    '%s can be trained on ten classes',
    (name) => {
      expect(requireTrainable(preset(name), 10).problems).toEqual([])
    },
  )
})

describe('the width of a signal', () => {
  it.each([
    ['QActivation makes bits', [{ type: 'QActivation' }], '28×28×1/1'],
    ['MaxPool2d keeps bits: it is an OR', [{ type: 'QActivation' }, { type: 'MaxPool2d' }], '14×14×1/1'],
    ['AvgPool2d mixes them', [{ type: 'QActivation' }, { type: 'AvgPool2d' }], '14×14×1/32'],
    ['Flatten keeps bits', [{ type: 'QActivation' }, { type: 'Flatten' }], '784/1'],
    ['Hardtanh keeps bits', [{ type: 'QActivation' }, { type: 'Hardtanh' }], '28×28×1/1'],
    ['BatchNorm does not', [{ type: 'QActivation' }, { type: 'BatchNorm' }], '28×28×1/32'],
    ['Dropout sets some to zero', [{ type: 'QActivation' }, { type: 'Dropout' }], '28×28×1/32'],
    ['Dropout of nothing keeps bits', [{ type: 'QActivation' }, { type: 'Dropout', p: 0 }], '28×28×1/1'],
  ])('%s', (_name, layers, expected) => {
    expect(outputs(network(layers)).at(-1)).toBe(expected)
  })
})

describe('a window', () => {
  it.each([
    ['rounds down as PyTorch', { type: 'Conv2d', outChannels: 1, kernelSize: 3, stride: 2 }, '13×13×1/32'],
    ['counts padding twice', { type: 'QConv2d', outChannels: 4, kernelSize: 3, padding: 1 }, '28×28×4/32'],
    ['moves by its own size when pooling', { type: 'MaxPool2d', kernelSize: 3 }, '9×9×1/32'],
    ['may be as large as the image', { type: 'Conv2d', outChannels: 2, kernelSize: 28 }, '1×1×2/32'],
  ])('%s', (_name, layer, expected) => {
    expect(outputs(network([layer]))).toEqual([expected])
  })

  property.prop([
    fc.record({
      side: fc.integer({ min: 1, max: 40 }),
      kernelSize: fc.integer({ min: 1, max: 12 }),
      stride: fc.integer({ min: 1, max: 6 }),
      padding: fc.integer({ min: 0, max: 6 }),
    }),
  ])('stands at as many places as can be counted', ({ side, kernelSize, stride, padding }) => {
    let places = 0
    for (let at = -padding; at + kernelSize <= side + padding; at += stride) places++
    const spec = network([{ type: 'Conv2d', outChannels: 1, kernelSize, stride, padding }], {
      height: side,
      width: side,
      channels: 1,
    })
    const analysis = analyseNetwork(spec)
    if (places === 0) expect(analysis.problems[0]?.message).toContain('larger than its padded input')
    else expect(analysis.layers[0]?.output.shape).toEqual({ kind: 'image', height: places, width: places, channels: 1 })
  })
})

describe('a network that does not fit is refused, with the layer and the fix', () => {
  const flat = { type: 'Flatten' }
  const ten = { type: 'Linear', outFeatures: 10 }

  it.each([
    [
      'features into Conv2d',
      [flat, { type: 'Conv2d', outChannels: 1, kernelSize: 3 }],
      'layer1',
      'gets 784 features. Move Conv2d before the image is flattened.',
    ],
    ['an image into Linear', [ten], 'layer0', 'gets an image of 28×28×1. Insert Flatten before it.'],
    [
      'a window that is too large',
      [{ type: 'MaxPool2d', kernelSize: 29 }, flat, ten],
      'layer0',
      'Choose a kernel size of at most 28.',
    ],
    [
      'too much padding in a pool',
      [{ type: 'AvgPool2d', kernelSize: 2, padding: 2 }, flat, ten],
      'layer0',
      'at most 1.',
    ],
    ['an image at the end', [{ type: 'QActivation' }], 'layer0', 'End it with Flatten and Linear.'],
    ['nine classes for ten', [flat, { ...ten, outFeatures: 9 }], 'layer1', 'outFeatures to 10.'],
    ['more than fits', [flat, { ...ten, outFeatures: 1_000_000 }, ten], undefined, 'at most 100000000 fit'],
    [
      'the same id twice',
      [
        { ...flat, id: 'x' },
        { ...ten, id: 'x' },
      ],
      'x',
      'Give each layer an id of its own.',
    ],
  ])('%s', (_name, layers, layerId, sentence) => {
    expect(() => requireTrainable(network(layers), 10)).toThrowError(
      expect.objectContaining({
        code: 'invalid_shape',
        message: expect.stringContaining(sentence) as string,
        place: layerId ? { layerId } : {},
      }),
    )
  })

  it('nothing to train', () => {
    const image = { height: 1, width: 10, channels: 1 }
    expect(() => requireTrainable(network([flat], image), 10)).toThrow('Add a layer with weights')
  })

  it('and the layers before it are analysed all the same', () => {
    const { layers, problems } = analyseNetwork(network([flat, { type: 'MaxPool2d' }, ten]))
    expect(layers.map(({ layer }) => layer.id)).toEqual(['layer0'])
    expect(problems).toHaveLength(1)
  })
})
