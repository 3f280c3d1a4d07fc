import { describe, expect, test } from 'vitest'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { applyStep, compare } from '#electron/native/plan/monotone.ts'
import { packNetwork } from '#electron/native/plan/network.ts'
import { requireSupported } from '#electron/native/plan/support.ts'
import type { LayerSpec, NetworkSpec } from '#shared/model/spec.ts'
import { preset, randomNetwork, randomTensors, specOf } from './networks.ts'

const kinds = (spec: NetworkSpec) => compileNetwork(randomNetwork(spec, 1)).stages.map(({ kind }) => kind)
const small = { height: 4, width: 4, channels: 2 }

describe('a compiled network', () => {
  test('keeps no float between the first convolution of lenet-binary and its last block', () => {
    expect(kinds(preset('lenet-binary'))).toEqual([
      ...['convolution', 'comparison', 'bit pooling'],
      ...['binary convolution', 'comparison', 'bit pooling'],
      ...['binary convolution', 'affine', 'affine', 'activation', 'convolution'],
    ])
  })

  test('may have no bits at all, or begin with them', () => {
    const convolution = ['convolution', 'affine', 'activation', 'pooling']
    expect(kinds(preset('lenet-full-precision')).slice(0, 8)).toEqual([...convolution, ...convolution])
    expect(kinds(specOf(small, [['Flatten'], ['QLinear', { outFeatures: 3, bias: false }]]))).toEqual([
      ...['comparison', 'binary convolution'],
    ])
  })

  test('turns bits into floats where a layer computes with floats', () => {
    const conv = ['Conv2d', { outChannels: 2, kernelSize: 3 }] as const
    expect(kinds(specOf(small, [['QActivation'], conv, ['Flatten']]))).toEqual([
      'comparison',
      'unpacking',
      'convolution',
    ])
    expect(kinds(specOf(small, [['QActivation'], ['AvgPool2d'], ['Flatten'], ['Linear', { outFeatures: 2 }]]))).toEqual(
      [...['comparison', 'unpacking', 'pooling', 'convolution']],
    )
  })

  test('keeps the floats of a shortcut, and compares its sums with a threshold', () => {
    const block = [['QConv2d', { outChannels: 2, kernelSize: 3, padding: 1 }], ['BatchNorm']] as const
    const down = { shortcut: 'conv', shortcutStride: 2 }
    const striding = [['QConv2d', { outChannels: 4, kernelSize: 3, padding: 1, stride: 2 }]] as const
    const layers = [['Residual', {}, block], ['Residual', down, striding], ['GlobalAvgPool']] as const
    expect(kinds(specOf(small, layers))).toEqual([
      ...['keep', 'comparison', 'binary convolution', 'affine', 'swap', 'sum'],
      ...['keep', 'comparison', 'binary convolution', 'swap', 'pooling', 'convolution', 'affine', 'sum'],
      'global mean',
    ])
  })

  test('compares behind a rectifier whose slopes rise, and keeps the floats of one that turns round', () => {
    const spec = specOf(small, [
      ['PReLU'],
      ['ZeroPad2d', { paddingTop: 1 }],
      ['QConv2d', { outChannels: 2, kernelSize: 3 }],
      ['Flatten'],
    ])
    const withSlopes = (...slopes: number[]) => {
      const network = packNetwork(spec, new Map(randomTensors(spec, 1)).set('prelu0.weight', Float32Array.from(slopes)))
      return compileNetwork(network).stages.map(({ kind }) => kind)
    }
    expect(withSlopes(0, 0.5)).toEqual(['comparison', 'bit border', 'binary convolution'])
    expect(withSlopes(-0.1, 0.5)).toEqual(['rectifier', 'comparison', 'bit border', 'binary convolution'])
  })

  test('forgets dropout', () => {
    const spec = specOf(small, [['QActivation'], ['Dropout'], ['QConv2d_NoAct', { outChannels: 3, kernelSize: 2 }]])
    expect(kinds(spec)).toEqual(['comparison', 'binary convolution'])
  })
})

describe('what the plan does not know', () => {
  const [activation, conv, dense] = specOf(small, [
    ['QActivation'],
    ['QConv2d', { outChannels: 2, kernelSize: 3 }],
    ['QLinear', { outFeatures: 2 }],
  ]).layers
  const withLayer = (layer: object) => ({ ...preset('lenet-binary'), layers: [layer as LayerSpec] })

  test.each([
    [
      'a layer in a block',
      { id: 'block', type: 'Residual', layers: [{ id: 'inner', type: 'Pact', bits: 4, alpha: 10 }] },
      /layers of the type Pact.* "inner"/,
    ],
    ['a type', { id: 'new', type: 'SomethingNew' }, /layers of the type SomethingNew.* "new"/],
    ['an input quantizer', { ...conv, inputQuantizer: 'steheaviside' }, /inputQuantizer "steheaviside".* "qconv2d1"/],
    [
      'a weight quantizer',
      { ...dense, weightQuantizer: 'magnitude_aware_sign' },
      /weightQuantizer "magnitude_aware_sign".* "qlinear2"/,
    ],
    [
      'a quantizer',
      { ...activation, quantizer: { type: 'steheaviside', low: 0 } },
      /quantizer \{"type":"steheaviside","low":0\}.* "qactivation0"/,
    ],
  ])('is refused, not computed wrongly: %s', (_what, layer, message) => {
    const attempt = () => requireSupported(withLayer(layer))
    expect(attempt).toThrow(message)
    expect(attempt).toThrow(expect.objectContaining({ code: 'not_supported' }) as Error)
  })

  test('is not what stands at its default', () => {
    expect(() => requireSupported({ ...preset('lenet-binary'), layers: [activation!, conv!, dense!] })).not.toThrow()
  })
})

describe('trained values', () => {
  const spec = specOf(small, [['BatchNorm'], ['Flatten'], ['Linear', { outFeatures: 2 }]])

  type Tensors = Map<string, Float32Array>
  test.each([
    ['are missing', (tensors: Tensors) => tensors.delete('linear2.bias'), /"linear2.bias" is missing/],
    ['are too few', (tensors: Tensors) => tensors.set('linear2.bias', new Float32Array(1)), /has 1 values, not 2/],
    ['are too many', (tensors: Tensors) => tensors.set('more.bias', new Float32Array(1)), /has no "more.bias"/],
    ['are no numbers', (tensors: Tensors) => tensors.get('linear2.weight')!.fill(NaN, 3, 4), /holds NaN/],
  ])('that %s are refused by name', (_what, change, message) => {
    const tensors = randomTensors(spec, 1)
    change(tensors)
    expect(() => packNetwork(spec, tensors)).toThrow(message)
    expect(() => packNetwork(spec, tensors)).toThrow(expect.objectContaining({ code: 'checkpoint_damaged' }) as Error)
  })
})

describe('a comparison in place of layers', () => {
  const ties = Float32Array.of(-Infinity, -3, -1e-45, -0, 0, 1e-45, 2, 3.4e38)
  const bits = (steps: Parameters<typeof compare>[0]) => {
    const [stage] = compare(steps, 1)
    if (stage?.kind !== 'comparison') throw new Error('no comparison')
    const { values, inverted } = stage.thresholds
    return [...ties].map((x) => x >= values[0]! !== (inverted[0] === 1))
  }
  const affine = (scale: number, shift: number) =>
    ({ kind: 'affine', scale: Float32Array.of(scale), shift: Float32Array.of(shift) }) as const

  test.each([
    ['rises', [affine(2, 0)], [false, false, false, true, true, true, true, true]],
    ['falls, its tie -0 being +1', [affine(-2, -0)], [true, true, true, true, true, false, false, false]],
    ['is constant at -0', [affine(0, -0)], [true, true, true, true, true, true, true, true]],
    ['is constant below 0', [affine(0, -1e-45)], [false, false, false, false, false, false, false, false]],
    [
      'is flat below its shift',
      [
        {
          kind: 'rectifier',
          before: Float32Array.of(2),
          slope: Float32Array.of(0),
          after: Float32Array.of(-1e-45),
        } as const,
      ],
      [false, false, false, false, false, false, false, true],
    ],
    ['is cut off at 0', [{ kind: 'activation', activation: 'relu' } as const], ties.map(() => 1)],
    ['overflows before it is constant', [affine(1e38, 0), affine(0, 1)], ties.map(() => 1)],
    ['has its tie at 2', [affine(-0.5, 1)], [true, true, true, true, true, true, true, false]],
  ])('%s', (_what, steps, wanted) => {
    expect(bits(steps)).toEqual([...wanted].map(Boolean))
    const computed = [...ties].map((x) => steps.reduce((value, step) => applyStep(step, value, 0), x) >= 0)
    expect(computed.slice(1)).toEqual([...wanted].map(Boolean).slice(1))
  })
})
