import { describe, expect, it } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { binaryTwin, fullPrecisionTwin, isBinary, twinOf } from '#shared/model/twin.ts'
import { preset } from '../../../fixtures/presets.ts'

const types = (spec: NetworkSpec) => spec.layers.map(({ type }) => type)

function network(...layers: Record<string, unknown>[]): NetworkSpec {
  const named = layers.map((layer, index) => ({ id: `l${index}`, ...layer }))
  const input = { height: 28, width: 28, channels: 1 }
  return parseNetworkSpec({ schema: 1, name: 'net', input, layers: named })
}

const conv = (more = {}) => ({ type: 'Conv2d', outChannels: 8, kernelSize: 3, ...more })
const scores = { type: 'Linear', outFeatures: 10 }

describe('the full-precision twin', () => {
  it('of the notebook’s binary LeNet is the twin that comes with the lab', () => {
    expect(fullPrecisionTwin(preset('lenet-binary'))).toEqual(preset('lenet-twin'))
  })

  it('has a nonlinearity where a layer signed its own input, and none before the first weights', () => {
    const q = { type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1, stride: 2 }
    const twin = fullPrecisionTwin(network(q, { type: 'BatchNorm' }, q, { type: 'Flatten' }, scores))
    expect(types(twin)).toEqual(['Conv2d', 'BatchNorm', 'Tanh', 'Conv2d', 'Flatten', 'Linear'])
    expect(twin.layers[3]).toMatchObject({ padding: 1, stride: 2, outChannels: 8 })
    expect(twin.name).toBe('net-twin')
  })

  it('keeps the nonlinearity that is there', () => {
    const q = { type: 'QLinear', outFeatures: 50, bias: false }
    const twin = fullPrecisionTwin(network({ type: 'Flatten' }, scores, { type: 'ReLU' }, q, scores))
    expect(types(twin)).toEqual(['Flatten', 'Linear', 'ReLU', 'Linear', 'Linear'])
    expect(twin.layers[3]).toMatchObject({ bias: false })
  })
})

describe('the binary version', () => {
  it('keeps the first and the last layer with weights and signs behind a BatchNorm', () => {
    const twin = binaryTwin(
      network(conv(), { type: 'ReLU' }, conv({ padding: 1 }), { type: 'ReLU' }, { type: 'Flatten' }, scores),
    )
    expect(types(twin)).toEqual(['Conv2d', 'BatchNorm', 'QConv2d', 'BatchNorm', 'ReLU', 'Flatten', 'Linear'])
    expect(twin.layers[2]).toMatchObject({ id: 'l2', outChannels: 8, kernelSize: 3, padding: 1 })
    expect(analyseNetwork(twin, 10).problems).toEqual([])
    expect(new Set(twin.layers.map(({ id }) => id)).size).toBe(twin.layers.length)
    expect(twin.name).toBe('net-binary')
  })

  it('of a twin, turned back, is that twin again', () => {
    const twin = preset('lenet-twin')
    const binary = binaryTwin(twin)
    expect(isBinary(binary)).toBe(true)
    expect(analyseNetwork(binary, 10).problems).toEqual([])
    const back = fullPrecisionTwin(binary)
    expect(back.name).toBe('lenet-twin')
    const plain = (spec: NetworkSpec) => spec.layers.map(({ id: _id, ...layer }) => layer)
    expect(plain(back)).toEqual(plain(twin))
  })

  it('of a network with nothing between its ends is refused with the way out', () => {
    expect(() => binaryTwin(network(conv(), { type: 'Flatten' }, scores))).toThrow(/Add one between them/)
  })
})

it('the twin of either kind is of the other, with the same widths', () => {
  for (const name of ['lenet-binary', 'lenet-full-precision', 'lenet-twin']) {
    const spec = preset(name)
    const twin = twinOf(spec)
    expect(isBinary(twin)).toBe(!isBinary(spec))
    const widths = (of: NetworkSpec) =>
      of.layers.flatMap((layer) =>
        'outChannels' in layer ? [layer.outChannels] : 'outFeatures' in layer ? [layer.outFeatures] : [],
      )
    expect(widths(twin)).toEqual(widths(spec))
  }
})
