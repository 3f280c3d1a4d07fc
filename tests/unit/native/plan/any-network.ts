import { fc } from '@fast-check/vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { specOf, type LayerSketch } from './networks.ts'

export interface AnyNetwork {
  readonly spec: NetworkSpec
  /** Of its trained values. */
  readonly seed: number
}

/** Quantizers that end as sign. */
const SIGNS = ['sign', 'approxsign', 'swishsign', 'progressive_sign'] as const

const anyInput = fc.record({
  height: fc.integer({ min: 5, max: 9 }),
  width: fc.integer({ min: 5, max: 9 }),
  channels: fc.integer({ min: 1, max: 3 }),
})
const anySeed = fc.integer({ min: 1, max: 1e6 })
const pixels = fc.integer({ min: 0, max: 2 })

const isSound = ({ spec }: AnyNetwork) => analyseNetwork(spec).problems.length === 0

/** Image layers, the way to features, and feature layers, of which many do not fit: those are left out. */
export const anyNetwork: fc.Arbitrary<AnyNetwork> = fc
  .record({
    input: anyInput,
    imageLayers: fc.array(anyImageLayer(), { maxLength: 7 }),
    way: fc.constantFrom('Flatten', 'GlobalAvgPool'),
    featureLayers: fc.array(anyFeatureLayer(), { maxLength: 5 }),
    last: fc.constantFrom('Linear', 'QLinear'),
    seed: anySeed,
  })
  .map(({ input, imageLayers, way, featureLayers, last, seed }) => {
    const layers = [...imageLayers, [way] as const, ...featureLayers, [last, { outFeatures: 10 }] as const]
    return { spec: specOf(input, layers), seed }
  })
  .filter(isSound)

/** Blocks within blocks between a first convolution and the scores. Six channels fill no word, seventy need two. */
export const anyResidualNetwork: fc.Arbitrary<AnyNetwork> = fc
  .constantFrom(6, 8, 70)
  .chain((channels) =>
    fc.record({
      input: anyInput,
      first: fc.constant<LayerSketch>(['Conv2d', { outChannels: channels, kernelSize: 3, padding: 1 }]),
      blocks: fc.array(anyBlock(channels, 2), { minLength: 1, maxLength: 3 }),
      way: fc.constantFrom('Flatten', 'GlobalAvgPool'),
      seed: anySeed,
    }),
  )
  .map(({ input, first, blocks, way, seed }) => {
    const layers = [first, ...blocks, [way] as const, ['Linear', { outFeatures: 10 }] as const]
    return { spec: specOf(input, layers), seed }
  })
  .filter(isSound)

/** Layers inside keep the size of the image but for a first one that strides. */
function anyBlock(channels: number, depth: number): fc.Arbitrary<LayerSketch> {
  const block = fc.record({
    combine: fc.constantFrom('add', 'add', 'concat'),
    shortcut: fc.constantFrom('identity', 'conv'),
    shortcutStride: fc.constantFrom(1, 1, 2),
    shortcutPooling: fc.boolean(),
    shortcutBatchNorm: fc.boolean(),
  })
  return fc
    .tuple(block, fc.array(anyKeepingLayer(channels, depth), { maxLength: 4 }))
    .map(([{ shortcutStride, ...rest }, layers]): LayerSketch => {
      const stride = rest.shortcut === 'conv' ? shortcutStride : 1
      const striding = ['QConv2d', { outChannels: channels, kernelSize: 3, padding: 1, stride }] as const
      return ['Residual', { ...rest, shortcutStride: stride }, [...(stride === 1 ? [] : [striding]), ...layers]]
    })
}

function anyKeepingLayer(channels: number, depth: number): fc.Arbitrary<LayerSketch> {
  const convolution = {
    outChannels: fc.constant(channels),
    kernelSize: fc.constant(3),
    padding: fc.constant(1),
    groups: fc.constantFrom(1, 1, 2, channels),
  }
  const window = fc.constant({ kernelSize: 3, stride: 1, padding: 1 })
  const layers: fc.Arbitrary<LayerSketch>[] = [
    fc.tuple(fc.constant('QConv2d'), fc.record({ ...convolution, paddingValue: fc.constantFrom(-1, 0, 1) })),
    fc.tuple(fc.constant('Conv2d'), fc.record({ ...convolution, bias: fc.boolean() })),
    fc.tuple(fc.constantFrom('MaxPool2d', 'AvgPool2d'), window),
    anyValueLayer(),
    anyValueLayer(),
  ]
  return fc.oneof(...layers, ...(depth > 1 ? [anyBlock(channels, depth - 1)] : []))
}

function anyImageLayer(): fc.Arbitrary<LayerSketch> {
  const convolution = {
    outChannels: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(6, 12)),
    kernelSize: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    padding: pixels,
    groups: fc.constantFrom(1, 1, 2, 3, 6),
  }
  const binary = fc.record({
    ...convolution,
    paddingValue: fc.constantFrom(-1, 0, 1),
    weightQuantizer: fc.constantFrom(...SIGNS),
  })
  const pooling = fc.record({
    kernelSize: fc.constantFrom(2, 3),
    stride: fc.constantFrom(1, 2),
    padding: fc.constantFrom(0, 1),
  })
  const sides = { paddingTop: pixels, paddingBottom: pixels, paddingLeft: pixels, paddingRight: pixels }
  return fc.oneof<fc.Arbitrary<LayerSketch>[]>(
    fc.tuple(fc.constantFrom('QConv2d', 'QConv2d_NoAct'), binary),
    fc.tuple(fc.constant('Conv2d'), fc.record({ ...convolution, bias: fc.boolean() })),
    fc.tuple(fc.constantFrom('MaxPool2d', 'AvgPool2d'), pooling),
    fc.tuple(fc.constant('ZeroPad2d'), fc.record(sides)),
    fc.tuple(fc.constant('PadModule'), fc.record({ ...sides, paddingValue: fc.constantFrom(-1, 0, 1) })),
    anyValueLayer(),
  )
}

function anyFeatureLayer(): fc.Arbitrary<LayerSketch> {
  const dense = fc.record({ outFeatures: fc.integer({ min: 1, max: 70 }), bias: fc.boolean() })
  return fc.oneof(fc.tuple(fc.constantFrom('Linear', 'QLinear'), dense), anyValueLayer())
}

function anyValueLayer(): fc.Arbitrary<LayerSketch> {
  const types = ['BatchNorm', 'Tanh', 'ReLU', 'Hardtanh', 'Dropout', 'PReLU', 'RPReLU'] as const
  return fc.oneof<fc.Arbitrary<LayerSketch>[]>(
    fc.tuple(fc.constant('QActivation'), fc.record({ quantizer: fc.constantFrom(...SIGNS) })),
    fc.tuple(fc.constant('LeakyReLU'), fc.record({ negativeSlope: fc.constantFrom(0, 0.1, 1) })),
    fc.tuple(fc.constantFrom(...types), fc.constant({})),
  )
}
