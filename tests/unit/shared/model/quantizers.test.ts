import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { roundHalfEven } from '#shared/model/quantizers/definition.ts'
import {
  INPUT_QUANTIZER_TYPES,
  inputQuantizerSchema,
  isSignInTheEnd,
  QUANTIZER_DEFINITIONS,
  quantizerFunctions,
  quantizerOf,
  valuesOf,
  weightQuantizerSchema,
  type QuantizerSpec,
} from '#shared/model/quantizers/index.ts'
import { slopeWidth } from '#shared/model/quantizers/progressive-sign.ts'

interface ValueCase {
  readonly quantizer: QuantizerSpec
  readonly progress: number | null
  readonly input: { readonly shape: readonly [number, number]; readonly values: readonly number[] }
  readonly upstream: { readonly values: readonly number[] }
  readonly output: { readonly values: readonly number[] }
  readonly gradient: { readonly values: readonly number[] }
}

const cases = JSON.parse(
  readFileSync(new URL('../../../fixtures/quantizers/values.json', import.meta.url), 'utf8'),
) as ValueCase[]

/** Scales belong to a channel, the last axis; other measures to all values. */
function functionsAt({ quantizer, progress, input }: ValueCase, index: number) {
  const [, channels] = input.shape
  const together = valuesOf(quantizer).scaled
    ? input.values.filter((_, at) => at % channels === index % channels)
    : input.values
  return quantizerFunctions(quantizer, together, progress)
}

/** Float32 against double. */
function expectClose(what: string, actual: number, expected: number): void {
  expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)), what).toBeLessThan(1e-6)
}

describe('the closed forms are what PyTorch computes', () => {
  it.each(cases)('$quantizer at $progress', (expected) => {
    for (const [index, x] of expected.input.values.entries()) {
      const { forward, gradient } = functionsAt(expected, index)
      expectClose(`forward(${x})`, forward(x), expected.output.values[index]!)
      expectClose(`gradient(${x})`, expected.upstream.values[index]! * gradient(x), expected.gradient.values[index]!)
    }
  })

  it('for every quantizer', () => {
    expect(new Set(cases.map(({ quantizer }) => quantizer.type))).toEqual(
      new Set(QUANTIZER_DEFINITIONS.map(({ type }) => type)),
    )
  })
})

describe('what quantizers say of their values is true', () => {
  const samples = Array.from({ length: 4001 }, (_, index) => (index - 2000) / 1000)

  it.each(cases.filter(({ progress }) => progress === 0))('$quantizer', ({ quantizer }) => {
    const { bits, signs, scaled } = valuesOf(quantizer)
    const levels = (progress: number | null) =>
      new Set(samples.map(quantizerFunctions(quantizer, samples, progress).forward).map((y) => y + 0))
    expect(levels(null).size).toBeLessThanOrEqual(2 ** bits)
    expect(levels(null).size).toBeGreaterThan(2 ** (bits - 1))
    const areSigns = (progress: number | null) => [...levels(progress)].every((y) => Math.abs(y) === 1)
    expect(areSigns(null)).toBe(signs !== 'never')
    expect(areSigns(0.2)).toBe(signs === 'always')
    if (scaled) expect(Math.abs([...levels(null)][0]!)).toBeCloseTo(1, 2)
  })

  it('which of them end as sign', () => {
    for (const { quantizer } of cases.filter(({ progress }) => progress === 0)) {
      const { forward } = quantizerFunctions(quantizer, samples, null)
      expect(isSignInTheEnd(quantizer), quantizer.type).toBe(samples.every((x) => forward(x) === (x >= 0 ? 1 : -1)))
    }
  })
})

describe('a quantizer in a spec', () => {
  it.each([...INPUT_QUANTIZER_TYPES])('%s is its name, or an object with its parameters', (type) => {
    expect(inputQuantizerSchema.parse(type)).toBe(type)
    expect(inputQuantizerSchema.parse({ type })).toEqual(quantizerOf(type))
  })

  it('has its defaults where it does not say otherwise', () => {
    expect(quantizerOf('swishsign')).toEqual({ type: 'swishsign', beta: 5 })
    expect(quantizerOf({ type: 'ste_tern', clip: null } as never)).toMatchObject({ threshold: 0.05, clip: null })
  })

  it('takes scales for weights only, as a scale of inputs would hang on their batch', () => {
    expect(weightQuantizerSchema.safeParse('magnitude_aware_sign').success).toBe(true)
    expect(inputQuantizerSchema.safeParse('magnitude_aware_sign').success).toBe(false)
    expect(inputQuantizerSchema.safeParse({ type: 'magnitude_aware_sign' }).success).toBe(false)
  })

  it.each([
    { type: 'swishsign', beta: 0 },
    { type: 'swishsign', beta: NaN },
    { type: 'weightdorefa', bits: 0 },
    { type: 'weightdorefa', bits: 9 },
    { type: 'inputdorefa', bits: 1.5 },
    { type: 'progressive_sign', alpha: 1 },
    { type: 'ste_tern', threshold: 0 },
    { type: 'steheaviside', low: 0.5 },
    { type: 'sign', beta: 5 },
    { type: 'dorefa' },
    {},
  ])('is refused out of bounds: %j', (value) => {
    expect(weightQuantizerSchema.safeParse(value).success).toBe(false)
  })
})

it('the slope of ProgressiveSign narrows from 1 to nearly nothing', () => {
  const parameters = { alpha: 4, beta: 10 }
  const widths = [0, 0.25, 0.5, 0.75, 1].map((progress) => slopeWidth(progress, parameters))
  expect(widths[0]).toBe(1)
  expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  expect(widths.at(-1)).toBeLessThan(1e-5)
  expect(slopeWidth(1, { alpha: 100, beta: 100 })).toBe(1e-7)
})

it('halves round to the even number', () => {
  expect([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6, -2.6].map((x) => roundHalfEven(x) + 0)).toEqual([
    -2, -2, 0, 0, 2, 2, 2, 3, -3,
  ])
})
