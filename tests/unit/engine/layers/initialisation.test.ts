import { describe, expect, it } from 'vitest'
import { buildLayer } from '#electron/engine/layers/index.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { layerSchema } from '#shared/model/spec.ts'
import type { Shape } from '#shared/model/signal.ts'
import { native } from '../support.ts'

const image: Shape = { kind: 'image', height: 12, width: 12, channels: 16 }
const features: Shape = { kind: 'features', count: 400 }

/** A freshly built layer's values by PyTorch's name. */
function initialise(spec: object, shape: Shape): Record<string, number[]> {
  const tools = { operations: native.operations, random: seedStreams(1) }
  const layer = buildLayer(layerSchema.parse({ id: 'layer', ...spec }), { shape, bits: 32 }, tools)
  const values = layer.variables.map(({ name, variable }) => {
    const numbers = [...variable.dataSync()]
    variable.dispose()
    return [name.replace('layer.', ''), numbers]
  })
  return Object.fromEntries(values) as Record<string, number[]>
}

const variance = (values: number[]) => values.reduce((sum, value) => sum + value ** 2, 0) / values.length
const extent = (values: number[]) => Math.max(...values.map(Math.abs))

describe('fresh weights', () => {
  // 5 · 5 · 16 = 400 inputs meet in one sum, so PyTorch's bound is 1 / √400 = 0.05.
  it.each([
    ['Conv2d', { type: 'Conv2d', outChannels: 32, kernelSize: 5 }, image],
    ['Linear', { type: 'Linear', outFeatures: 300 }, features],
    ['QLinear', { type: 'QLinear', outFeatures: 300 }, features],
  ])('of %s are uniform within ±1/√fanIn, and so is the bias', (_, spec, shape) => {
    const { weight, bias } = initialise(spec, shape)
    expect(extent(weight!)).toBeLessThanOrEqual(0.05)
    expect(extent(weight!)).toBeGreaterThan(0.0499)
    expect(variance(weight!)).toBeCloseTo(0.05 ** 2 / 3, 4)
    expect(extent(bias!)).toBeLessThanOrEqual(0.05)
    expect(extent(bias!)).toBeGreaterThan(0.03)
  })

  it.each(['QConv2d', 'QConv2d_NoAct'])('of %s are normal with variance 2 / (fanIn + fanOut), without bias', (type) => {
    const { weight, bias } = initialise({ type, outChannels: 32, kernelSize: 5 }, image)
    expect(variance(weight!)).toBeCloseTo(2 / (400 + 800), 4)
    expect(extent(weight!)).toBeGreaterThan(3 * Math.sqrt(2 / 1200))
    expect(bias).toBeUndefined()
  })

  it('of BatchNorm scale by 1, shift by 0, and expect mean 0 and variance 1', () => {
    const values = initialise({ type: 'BatchNorm' }, { kind: 'features', count: 2 })
    expect(values).toEqual({ weight: [1, 1], bias: [0, 0], running_mean: [0, 0], running_var: [1, 1] })
  })
})
