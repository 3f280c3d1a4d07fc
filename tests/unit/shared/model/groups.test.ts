import { describe, expect, it } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'

function analyse(...layers: Record<string, unknown>[]) {
  const spec = parseNetworkSpec({ schema: 1, name: 'net', input: { height: 8, width: 8, channels: 6 }, layers })
  return { spec, ...analyseNetwork(spec) }
}

const convolution = { id: 'conv', type: 'QConv2d', outChannels: 6, kernelSize: 3 }

describe('groups', () => {
  it('divide the weights and the work', () => {
    const [plain, depthwise] = [analyse(convolution), analyse({ ...convolution, groups: 6 })].map(
      ({ layers }) => layers[0]!,
    )
    expect(plain!.output).toEqual(depthwise!.output)
    expect(plain!.cost.parameters[1]).toBe(9 * 6 * 6)
    expect(depthwise!.cost.parameters[1]).toBe(9 * 6)
    expect(depthwise!.cost.macs[1]).toBe(9 * 6 * 36)
  })

  it.each([
    { groups: 4, outChannels: 6, parameter: 'groups', value: 6 },
    { groups: 3, outChannels: 4, parameter: 'groups', value: 2 },
    { groups: 6, outChannels: 7, parameter: 'outChannels', value: 12 },
  ])('of $groups for 6 channels in and $outChannels out are refused with a repair', (given) => {
    const { spec, problems } = analyse({ ...convolution, groups: given.groups, outChannels: given.outChannels })
    expect(problems[0]).toMatchObject({
      layerId: 'conv',
      repair: { kind: 'set', parameter: given.parameter, value: given.value },
    })
    const layers = applyRepair(spec.layers, 'conv', problems[0]!.repair!)
    expect(analyseNetwork({ ...spec, layers: [...layers] }).problems.map(({ layerId }) => layerId)).toEqual(['conv'])
    expect(analyseNetwork({ ...spec, layers: [...layers] }).problems[0]!.message).toContain('ends in an image')
  })
})

describe('padding by sides', () => {
  const sides = { paddingLeft: 1, paddingRight: 2, paddingTop: 3 }
  const sign = { id: 'sign', type: 'QActivation' }

  it('grows the image', () => {
    const { layers } = analyse({ id: 'pad', type: 'ZeroPad2d', ...sides })
    expect(layers[0]!.output.shape).toEqual({ kind: 'image', height: 11, width: 11, channels: 6 })
  })

  it.each([
    { type: 'PadModule', paddingValue: -1, bits: 1 },
    { type: 'PadModule', paddingValue: 0, bits: 32 },
    { type: 'ZeroPad2d', bits: 32 },
  ])('$type of $paddingValue leaves values of $bits bits behind a sign', ({ bits, ...pad }) => {
    expect(analyse(sign, { id: 'pad', ...pad, ...sides }).layers[1]!.output.bits).toBe(bits)
    expect(analyse(sign, { id: 'pad', ...pad }).layers[1]!.output.bits).toBe(1)
  })
})

it('learned activations count their vectors, and a global mean leaves features', () => {
  const { layers } = analyse(
    { id: 'prelu', type: 'PReLU' },
    { id: 'rprelu', type: 'RPReLU' },
    { id: 'pact', type: 'Pact' },
    { id: 'pool', type: 'GlobalAvgPool' },
    { id: 'leaky', type: 'LeakyReLU' },
  )
  expect(layers.map(({ cost }) => cost.parameters[32])).toEqual([6, 18, 1, 0, 0])
  expect(layers[3]!.output.shape).toEqual({ kind: 'features', count: 6 })
})
