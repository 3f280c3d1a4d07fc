import { describe, expect, it } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { LIMITS } from '#shared/model/limits.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { checkTraining } from '#shared/model/training-check.ts'
import { toPytorchCode } from '#shared/model/pytorch/code.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'
import { describeRepair } from '#shared/model/repair.ts'
import { formatShape } from '#shared/model/signal.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { summarise } from '#shared/model/summary.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { everyLayer } from '#shared/model/tree.ts'
import { binaryTwin, fullPrecisionTwin } from '#shared/model/twin.ts'

type Layer = Record<string, unknown>

const network = (...layers: Layer[]): NetworkSpec =>
  parseNetworkSpec({ schema: 1, name: 'net', input: { height: 28, width: 28, channels: 1 }, layers })
const conv = (id: string, values: Layer = {}): Layer => ({
  id,
  type: 'Conv2d',
  outChannels: 8,
  kernelSize: 3,
  padding: 1,
  ...values,
})
const block = (id: string, values: Layer, ...layers: Layer[]): Layer => ({ id, type: 'Residual', layers, ...values })
const norm = (id: string): Layer => ({ id, type: 'BatchNorm' })
const end: Layer[] = [
  { id: 'flatten', type: 'Flatten' },
  { id: 'out', type: 'Linear', outFeatures: 10 },
]
const outputs = (spec: NetworkSpec) =>
  analyseNetwork(spec).all.map(({ layer, output }) => `${layer.id} ${formatShape(output.shape)}/${output.bits}`)
const outline = (layers: NetworkSpec['layers']): string =>
  layers.map((layer) => (layer.type === 'Residual' ? `[${outline(layer.layers)}]` : layer.type)).join(' ')

/** The first problem of a network, and the network with it put right. */
function repaired(spec: NetworkSpec): { at: string; message: string; label: string; spec: NetworkSpec } {
  const { layerId, message, repair } = analyseNetwork(spec, 10).problems[0]!
  const layers = [...applyRepair(spec.layers, layerId!, repair!)]
  return { at: layerId!, message, label: describeRepair(repair!), spec: { ...spec, layers } }
}

describe('shapes and costs', () => {
  const biReal = network(
    conv('stem'),
    block('a', {}, { id: 'bin1', type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1 }, norm('n1')),
    block(
      'b',
      { shortcut: 'conv', shortcutStride: 2 },
      { id: 'bin2', type: 'QConv2d', outChannels: 16, kernelSize: 3, padding: 1, stride: 2 },
      norm('n2'),
    ),
    ...end,
  )

  it('follow a signal through blocks, shortcuts included', () => {
    expect(outputs(biReal).slice(0, 7)).toEqual([
      'stem 28×28×8/32',
      'a 28×28×8/32',
      'bin1 28×28×8/32',
      'n1 28×28×8/32',
      'b 14×14×16/32',
      'bin2 14×14×16/32',
      'n2 14×14×16/32',
    ])
  })

  it('a block costs what it holds and its shortcut', () => {
    const analysis = analyseNetwork(biReal, 10)
    expect(analysis.problems).toEqual([])
    const { cost, own } = analysis.all.find(({ layer }) => layer.id === 'b')!
    // The shortcut: 8 × 16 weights at 14 × 14 places, and scale and shift of 16 channels.
    expect(own.parameters).toEqual({ 1: 0, 32: 128 + 32 })
    expect(own.macs).toEqual({ 1: 0, 32: 128 * 196 })
    expect(cost.parameters).toEqual({ 1: 9 * 8 * 16, 32: 128 + 32 + 32 })
    expect(cost.macs).toEqual({ 1: 9 * 8 * 16 * 196, 32: 128 * 196 })
  })

  it('the rows of a summary add up to its totals, nested ones included', () => {
    const summary = summarise(biReal, analyseNetwork(biReal))
    expect(summary.rows.map(({ depth }) => depth)).toEqual([0, 0, 1, 1, 0, 1, 1, 0, 0])
    const sum = (of: (row: (typeof summary.rows)[number]) => number) =>
      summary.rows.reduce((all, row) => all + of(row), 0)
    expect(sum(({ parameters }) => parameters[1])).toBe(summary.parameters[1])
    expect(sum(({ parameters }) => parameters[32])).toBe(summary.parameters[32])
    expect(sum(({ macs }) => macs[32])).toBe(summary.macs[32])
  })

  it('channels stand side by side, and bits stay bits only among bits', () => {
    const sign = (id: string): Layer => ({ id, type: 'QActivation' })
    expect(outputs(network(conv('stem'), block('a', { combine: 'concat' }, conv('c', { outChannels: 3 }))))[1]).toBe(
      'a 28×28×11/32',
    )
    expect(outputs(network(sign('s'), block('a', { combine: 'concat' }, sign('t'))))[1]).toBe('a 28×28×2/1')
    expect(outputs(network(sign('s'), block('a', {}, sign('t'))))[1]).toBe('a 28×28×1/32')
  })

  it('an empty block is its shortcut', () => {
    expect(outputs(network({ id: 's', type: 'QActivation' }, block('a', {})))[1]).toBe('a 28×28×1/1')
    expect(outputs(network(conv('c'), block('a', { shortcut: 'conv', shortcutStride: 2 })))[1]).toBe('a 14×14×8/32')
  })
})

describe('problems', () => {
  it.each([
    ['more channels', {}, conv('c', { outChannels: 16 }), { shortcut: 'conv', shortcutStride: 1 }],
    ['a stride', {}, conv('c', { stride: 2 }), { shortcut: 'conv', shortcutStride: 2, shortcutPooling: true }],
    [
      'a stride over an odd side',
      {},
      conv('c', { stride: 3 }),
      { shortcut: 'conv', shortcutStride: 3, shortcutPooling: false },
    ],
  ])('%s: a 1×1 shortcut joins the ways', (_what, values, inner, expected) => {
    const fixed = repaired(network(conv('stem'), block('a', values, inner), ...end))
    expect(fixed).toMatchObject({ at: 'a', label: 'Use a 1×1 shortcut' })
    expect(fixed.spec.layers[1]).toMatchObject(expected)
    expect(analyseNetwork(fixed.spec, 10).problems).toEqual([])
  })

  it('a 1×1 shortcut gets the stride of what it goes around', () => {
    const fixed = repaired(network(block('a', { shortcut: 'conv' }, conv('c', { stride: 2 })), ...end))
    expect(fixed.label).toBe('Use shortcut stride 2')
    expect(analyseNetwork(fixed.spec, 10).problems).toEqual([])
  })

  it('a window that shrinks the image gets the padding that keeps it', () => {
    const fixed = repaired(network(conv('stem'), block('a', {}, conv('c', { padding: 0, kernelSize: 5 })), ...end))
    expect(fixed).toMatchObject({ at: 'a', label: 'Use padding 2' })
    expect(fixed.message).toBe(
      'What leaves the stack, 24×24×8, cannot be added to what the shortcut passes on, 28×28×8.',
    )
    expect(analyseNetwork(fixed.spec, 10).problems).toEqual([])
  })

  it('a stride that leaves a remainder gets the padding with which it divides, then the shortcut its stride', () => {
    const inner = conv('c', { padding: 0, stride: 2 })
    const padded = repaired(network(conv('stem'), block('a', { combine: 'concat' }, inner), ...end))
    expect(padded.label).toBe('Use padding 1')
    const fixed = repaired(padded.spec)
    expect(fixed.label).toBe('Use a 1×1 shortcut')
    expect(analyseNetwork(fixed.spec, 10).problems).toEqual([])
  })

  it('rows of features get the same length', () => {
    const dense = { id: 'd', type: 'Linear', outFeatures: 7 }
    const fixed = repaired(network(end[0]!, { ...end[1]!, id: 'first' }, block('a', {}, dense)))
    expect(fixed.label).toBe('Set out features to 10')
    expect(analyseNetwork(fixed.spec, 10).problems).toEqual([])
  })

  it('stand on the layer inside that causes them, and are put right there', () => {
    const fixed = repaired(network(conv('stem'), block('a', {}, { id: 'd', type: 'Linear', outFeatures: 3 }), ...end))
    expect(fixed).toMatchObject({ at: 'd', label: 'Insert Flatten' })
    expect(outline(fixed.spec.layers)).toBe('Conv2d [Flatten Linear] Flatten Linear')
    const late = repaired(network(end[0]!, block('a', {}, conv('c', { outChannels: 1 })), end[1]!))
    expect(late).toMatchObject({ at: 'c', label: 'Move before the flattening' })
    expect(outline(late.spec.layers)).toBe('[Conv2d] Flatten Linear')
  })

  it('name an id that stands at two depths', () => {
    const { problems } = analyseNetwork(network(conv('c'), block('a', {}, conv('c')), ...end))
    expect(problems.map(({ message }) => message)).toEqual(['Two layers have the id "c".'])
  })

  it('a batch of one is refused where the shortcut normalises single values', () => {
    const deep = block('a', { shortcut: 'conv', shortcutStride: 28 }, { id: 'p', type: 'AvgPool2d', kernelSize: 28 })
    const settings = trainingSettingsSchema.parse({ batchSize: 1 })
    expect(() => checkTraining(network(deep, ...end), settings)).toThrow(/BatchNorm \("a"\) needs two/)
  })
})

describe('size', () => {
  const nested = (depth: number): Layer => (depth === 0 ? conv('c') : block(`b${depth}`, {}, nested(depth - 1)))

  it('blocks nest as deep as is allowed and no deeper', () => {
    expect([...everyLayer(network(nested(LIMITS.depth)).layers)]).toHaveLength(LIMITS.depth + 1)
    expect(() => network(nested(LIMITS.depth + 1))).toThrow(/"layers" must not hold blocks more than 4 deep/)
    expect(() => network(nested(5000))).toThrow(/more than 4 deep/)
  })

  it('layers inside blocks count', () => {
    const many = Array.from({ length: LIMITS.layers }, (_, index) => conv(`c${index}`))
    expect(() => network(block('a', {}, ...many))).toThrow(/at most 200 layers, those inside blocks counted too/)
  })

  it('an unknown layer inside is named by its place', () => {
    expect(() => network(block('a', {}, { id: 'x', type: 'Swish' }))).toThrow(/"layers\.0\.layers\.0\.type"/)
  })
})

describe('twins', () => {
  it('go into blocks and back out', () => {
    const binary = network(
      conv('stem'),
      norm('n0'),
      block('a', {}, { id: 'bin', type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1 }, norm('n1')),
      ...end,
    )
    const float = fullPrecisionTwin(binary)
    expect(outline(float.layers)).toBe('Conv2d BatchNorm [Tanh Conv2d BatchNorm] Flatten Linear')
    expect(analyseNetwork(float, 10).problems).toEqual([])
    expect(outline(binaryTwin(float).layers)).toBe('Conv2d BatchNorm [QConv2d BatchNorm] Flatten Linear')
  })

  it('the sums of a binary layer are normalised before they are added', () => {
    const twin = binaryTwin(network(conv('stem'), { id: 'r', type: 'ReLU' }, block('a', {}, conv('c')), ...end))
    expect(outline(twin.layers)).toBe('Conv2d ReLU [BatchNorm QConv2d BatchNorm] Flatten Linear')
    expect(analyseNetwork(twin, 10).problems).toEqual([])
  })
})

describe('as Python', () => {
  it('a block is a module of its own, with its shortcut and the places of clipped weights', () => {
    const code = toPytorchCode(
      network(
        conv('stem'),
        block(
          'a',
          { shortcut: 'conv', shortcutStride: 2 },
          { id: 'bin', type: 'QConv2d', outChannels: 8, kernelSize: 3, padding: 1, stride: 2, weightClip: 1 },
        ),
        block('b', {}),
        block('c', { combine: 'concat' }, conv('d')),
        ...end,
      ),
    )
    expect(code).toContain('class Residual(nn.Module):')
    expect(code).toContain(`model = nn.Sequential(
    nn.Conv2d(1, 8, kernel_size=3, padding=1),  # stem
    Residual(  # a
        QConv2d(8, 8, kernel_size=3, stride=2, padding=1),  # bin
        shortcut=nn.Sequential(nn.AvgPool2d(kernel_size=2), nn.Conv2d(8, 8, kernel_size=1, bias=False), nn.BatchNorm2d(8)),
    ),
    nn.Identity(),  # b
    Residual(  # c
        nn.Conv2d(8, 8, kernel_size=3, padding=1),  # d
        concat=True,
    ),
    nn.Flatten(),  # flatten
    nn.Linear(3136, 10),  # out
)`)
    expect(code).toContain('WEIGHT_CLIPS = [("1.layers.0", 1)]')
    expect(toPytorchCode(network(conv('c'), ...end))).not.toContain('Residual')
  })
})
