import { describe, expect, it } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { floatBytes, packedBytes } from '#shared/model/cost.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { summarise } from '#shared/model/summary.ts'
import { preset } from '../../../fixtures/presets.ts'

const costs = (name: string) => new Map(analyseNetwork(preset(name)).layers.map(({ layer, cost }) => [layer.id, cost]))

describe('what the layers of the binary LeNet hold and do', () => {
  it.each([
    // kernel² × channels in × channels out + bias; times 24×24 places
    ['conv1', { 1: 0, 32: 25 * 64 + 64 }, { 1: 0, 32: 25 * 64 * 576 }],
    ['norm1', { 1: 0, 32: 128 }, { 1: 0, 32: 0 }],
    ['conv2', { 1: 25 * 64 * 64, 32: 0 }, { 1: 25 * 64 * 64 * 64, 32: 0 }],
    // Its bias stays 32-bit.
    ['linear1', { 1: 1_024_000, 32: 1000 }, { 1: 1_024_000, 32: 0 }],
    ['linear2', { 1: 0, 32: 10_010 }, { 1: 0, 32: 10_000 }],
  ])('%s', (id, parameters, macs) => {
    expect(costs('lenet-binary').get(id)).toEqual({ parameters, macs })
  })

  it('QConv2d_NoAct counts 1-bit MACs only where its input has been binarised', () => {
    const spec = preset('lenet-binary')
    spec.layers = spec.layers.filter(({ id }) => id !== 'sign1')
    const conv2 = analyseNetwork(spec).layers.find(({ layer }) => layer.id === 'conv2')!
    expect(conv2.cost).toEqual({ parameters: { 1: 102_400, 32: 0 }, macs: { 1: 0, 32: 6_553_600 } })
  })
})

describe('layers with other quantizers', () => {
  const analyse = (...layers: Record<string, unknown>[]) => {
    const input = { height: 6, width: 6, channels: 2 }
    const named = layers.map((layer, index) => ({ id: `l${index}`, ...layer }))
    const spec = parseNetworkSpec({ schema: 1, name: 'net', input, layers: named })
    return { spec, ...analyseNetwork(spec) }
  }
  const convolution = { type: 'QConv2d', outChannels: 4, kernelSize: 3 }
  const [weights, macs] = [9 * 2 * 4, 9 * 2 * 4 * 16]
  const dorefa = (type: string, bits: number) => ({ type, bits })

  it.each<[unknown, unknown, object, object]>([
    ['sign', 'sign', { 1: weights, 32: 0 }, { 1: macs, 32: 0 }],
    ['approxsign', { type: 'swishsign' }, { 1: weights, 32: 0 }, { 1: macs, 32: 0 }],
    [dorefa('inputdorefa', 2), 'sign', { 1: weights, 32: 0 }, { 1: 0, 2: macs, 32: 0 }],
    [dorefa('inputdorefa', 1), dorefa('weightdorefa', 4), { 1: 0, 4: weights, 32: 0 }, { 1: 0, 4: macs, 32: 0 }],
    [dorefa('inputdorefa', 1), 'sign', { 1: weights, 32: 0 }, { 1: macs, 32: 0 }],
    ['sign', 'ste_tern', { 1: 0, 2: weights, 32: 0 }, { 1: 0, 2: macs, 32: 0 }],
    // A scale for each of the four output channels.
    ['sign', 'magnitude_aware_sign', { 1: weights, 32: 4 }, { 1: macs, 32: 0 }],
    ['progressive_sign', 'progressive_sign', { 1: weights, 32: 0 }, { 1: macs, 32: 0 }],
  ])('%j inputs on %j weights', (inputQuantizer, weightQuantizer, parameters, expected) => {
    const { layers } = analyse({ ...convolution, inputQuantizer, weightQuantizer })
    expect(layers[0]!.cost).toEqual({ parameters, macs: expected })
  })

  it('add up, packed without gaps', () => {
    const { spec, totals, ...analysis } = analyse(
      { ...convolution, weightQuantizer: dorefa('weightdorefa', 3) },
      { type: 'Flatten' },
      { type: 'QLinear', outFeatures: 5, weightQuantizer: 'ste_tern' },
    )
    expect(totals.parameters).toEqual({ 1: 0, 2: 320, 3: 72, 32: 5 })
    expect(totals.packedBytes).toBe(80 + 27 + 20)
    expect(totals.floatBytes).toBe(4 * (320 + 72 + 5))
    expect(summarise(spec, { totals, ...analysis })).toMatchObject({ totalParameters: 397, binaryMacShare: 0 })
  })

  it('the width of a signal goes through pooling and flattening to the layer that computes with it', () => {
    const noAct = { type: 'QConv2d_NoAct', outChannels: 4, kernelSize: 3 }
    const quantizer = dorefa('inputdorefa', 2)
    const { spec, layers, ...analysis } = analyse({ type: 'QActivation', quantizer }, { type: 'MaxPool2d' }, noAct)
    expect(layers[1]!.output).toMatchObject({ bits: 32, width: 2 })
    expect(layers[2]!.cost.macs).toEqual({ 1: 0, 2: 9 * 2 * 4, 32: 0 })
    expect(summarise(spec, { layers, ...analysis }).rows[2]!.inputBits).toBe(2)
  })
})

describe('the sizes of the presets', () => {
  // The numbers of the notebook's networks as PyTorch and bitorch count them.
  it.each([
    ['lenet-binary', 1_126_400, 14_930],
    ['lenet-full-precision', 0, 114_764],
    ['lenet-twin', 0, 1_141_394],
  ])('%s', (name, binary, float) => {
    const { totals } = analyseNetwork(preset(name))
    expect(totals.parameters).toEqual({ 1: binary, 32: float })
    expect(totals.packedBytes).toBe(binary / 8 + 4 * float)
    expect(totals.floatBytes).toBe(4 * (binary + float))
  })

  it('begun bytes count as whole ones', () => {
    const cost = { parameters: { 1: 9, 32: 1 }, macs: { 1: 0, 32: 0 } }
    expect([packedBytes(cost), floatBytes(cost)]).toEqual([2 + 4, 40])
  })
})

describe('the summary', () => {
  const spec = preset('lenet-binary')
  const summary = summarise(spec, analyseNetwork(spec))

  it('adds up to what is known of the binary LeNet', () => {
    expect(summary).toMatchObject({
      name: 'lenet-binary',
      input: '28×28×1',
      totalParameters: 1_141_330,
      packedBytes: 200_520,
      floatBytes: 4_565_320,
      macs: { 1: 7_577_600, 32: 931_600 },
    })
    expect(summary.compressionRatio).toBeCloseTo(22.77, 2)
    expect(summary.binaryMacShare).toBeCloseTo(0.8905, 4)
  })

  it('has a row for every layer, whose sums are the totals', () => {
    expect(summary.rows.map(({ id }) => id)).toEqual(spec.layers.map(({ id }) => id))
    const sum = (value: (row: (typeof summary.rows)[number]) => number) =>
      summary.rows.reduce((total, row) => total + value(row), 0)
    expect(sum(({ bytes }) => bytes)).toBe(summary.packedBytes)
    expect(sum(({ macs }) => macs[1])).toBe(summary.macs[1])
    expect(sum(({ parameters }) => parameters[32])).toBe(summary.parameters[32])
  })

  it('tells the bits that each layer computes with', () => {
    const bits = new Map(summary.rows.map(({ id, inputBits }) => [id, inputBits]))
    expect(['conv1', 'tanh1', 'conv2', 'linear1', 'linear2'].map((id) => bits.get(id))).toEqual([32, null, 1, 1, 32])
    const alone = preset('lenet-binary')
    alone.layers = alone.layers.filter(({ id }) => id !== 'sign2')
    const rows = summarise(alone, analyseNetwork(alone)).rows
    // QLinear binarises its input itself.
    expect(rows.find(({ id }) => id === 'linear1')?.inputBits).toBe(1)
  })

  it('has no ratio of nothing', () => {
    const empty = preset('lenet-binary')
    empty.layers = [{ id: 'flatten', type: 'Flatten' }]
    expect(summarise(empty, analyseNetwork(empty))).toMatchObject({ compressionRatio: 1, binaryMacShare: 0 })
  })
})
