import { describe, expect, it } from 'vitest'
import { QUANTIZER_DEFINITIONS, type QuantizerValue } from '#shared/model/quantizers/index.ts'
import { describeQuantizer, sampleQuantizer } from '../../../../renderer/components/quantizerCurve.ts'

const words = (value: QuantizerValue, threshold: number | null = 1, progress = 0) =>
  describeQuantizer(value, sampleQuantizer(value, threshold, progress))

describe('the samples', () => {
  it.each(QUANTIZER_DEFINITIONS.map(({ type }) => type))('of %s are numbers from end to end', (type) => {
    const { xs, forward, gradient, reach } = sampleQuantizer(type, null, 0.5)
    expect([xs[0], xs.at(-1), xs[(xs.length - 1) / 2]]).toEqual([-reach, reach, 0])
    expect([...forward, ...gradient].every(Number.isFinite)).toBe(true)
  })

  it('reach as far as the threshold, within reason', () => {
    expect(sampleQuantizer('sign', null, 0).reach).toBe(2)
    expect(sampleQuantizer('sign', 4, 0).reach).toBe(5)
    expect(sampleQuantizer('sign', 1000, 0).reach).toBe(12)
  })

  it('go through the layer’s gradient cancellation', () => {
    const { xs, gradient } = sampleQuantizer({ type: 'swishsign', beta: 5 }, 0.5, 0)
    for (const [index, x] of xs.entries()) expect(gradient[index] === 0).toBe(Math.abs(x) > 0.5)
  })
})

describe('the curves in words', () => {
  it.each<[QuantizerValue, number | null, string]>([
    [
      'sign',
      1,
      'Sign: x becomes −1, 1. The gradient is multiplied by 1 at zero; it passes from x = −1 to 1 and none beyond.',
    ],
    ['sign', null, 'it passes wherever x is.'],
    ['approxsign', null, '2 at zero'],
    ['ste_tern', 1, 'x becomes −1, 0, 1'],
    [{ type: 'inputdorefa', bits: 4, gradient: 'identity' }, null, '16 levels from 0 to 1'],
    ['progressive_sign', null, 'a slope from −1 to 1'],
  ])('%j with the threshold %s', (value, threshold, expected) => {
    expect(words(value, threshold)).toContain(expected)
  })

  it('follow the training of a quantizer that changes with it', () => {
    expect(words('progressive_sign', 1, 1)).not.toContain('slope')
  })
})
