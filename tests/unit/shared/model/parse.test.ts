import { describe, expect, it } from 'vitest'
import { LAYER_DEFINITIONS, LAYER_SCHEMAS } from '#shared/model/layers/index.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { divideImages } from '#shared/model/division.ts'
import { checkTraining } from '#shared/model/training-check.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { smallNetwork } from '../../../fixtures/networks.ts'
import { preset } from '../../../fixtures/presets.ts'

interface Draft {
  [field: string]: unknown
  layers: Record<string, unknown>[]
  input: Record<string, unknown>
}

/** The binary LeNet as it might come from a file, changed. */
function draft(change: (draft: Draft) => void): unknown {
  const copy = JSON.parse(JSON.stringify(preset('lenet-binary'))) as Draft
  change(copy)
  return copy
}

describe('a spec is refused by its first mistake, naming field, value and fix', () => {
  it.each<[string, (draft: Draft) => void, string, string]>([
    ['no name', (spec) => delete spec.name, 'name', 'is missing'],
    ['a blank name', (spec) => (spec.name = '  '), 'name', 'must not be empty'],
    ['a long name', (spec) => (spec.name = 'x'.repeat(121)), 'name', 'at most 120 characters'],
    ['no schema', (spec) => delete spec.schema, 'schema', 'is missing'],
    ['an unknown schema', (spec) => (spec.schema = 0), 'schema', 'must be 1 (it is 0)'],
    ['a newer schema', (spec) => (spec.schema = 2), 'schema', 'saved by a newer version of Signum'],
    ['an unknown field', (spec) => (spec.author = 'me'), '', 'unknown field "author"'],
    ['no input', (spec) => Reflect.deleteProperty(spec, 'input'), 'input', 'is missing'],
    ['a height of zero', (spec) => (spec.input.height = 0), 'input.height', 'must be at least 1 (it is 0)'],
    ['a NaN width', (spec) => (spec.input.width = NaN), 'input.width', 'must be a number (it is NaN)'],
    ['half a channel', (spec) => (spec.input.channels = 1.5), 'input.channels', 'must be a whole number (it is 1.5)'],
    ['no layers', (spec) => (spec.layers = []), 'layers', 'must not be empty'],
    ['too many layers', (spec) => (spec.layers = Array(201).fill(spec.layers[0]) as never), 'layers', 'at most 200'],
    ['layers that are no list', (spec) => (spec.layers = {} as never), 'layers', 'must be a list'],
    ['a layer that is none', (spec) => (spec.layers[2] = null as never), 'layers.2', 'must be an object (it is null)'],
    ['an unknown layer', (spec) => (spec.layers[0]!.type = 'Swish'), 'layers.0.type', '"Conv2d"'],
    ['a layer without type', (spec) => delete spec.layers[0]!.type, 'layers.0.type', 'is missing'],
    ['a layer without id', (spec) => delete spec.layers[0]!.id, 'layers.0.id', 'is missing'],
    ['an id with spaces', (spec) => (spec.layers[0]!.id = 'a b'), 'layers.0.id', 'letters, digits'],
    ['an unknown parameter', (spec) => (spec.layers[0]!.dilation = 2), 'layers.0', 'unknown field "dilation"'],
    ['a missing parameter', (spec) => delete spec.layers[0]!.outChannels, 'layers.0.outChannels', 'is missing'],
    [
      'a kernel in words',
      (spec) => (spec.layers[0]!.kernelSize = '5'),
      'layers.0.kernelSize',
      'must be a number (it is "5")',
    ],
    ['a stride of zero', (spec) => (spec.layers[3]!.stride = 0), 'layers.3.stride', 'must be at least 1'],
    ['a negative padding', (spec) => (spec.layers[5]!.padding = -1), 'layers.5.padding', 'must be at least 0'],
    [
      'a padding of two',
      (spec) => (spec.layers[5]!.paddingValue = 2),
      'layers.5.paddingValue',
      'must be -1, 0 or 1 (it is 2)',
    ],
    ['an unknown quantizer', (spec) => (spec.layers[4]!.quantizer = 'dorefa'), 'layers.4.quantizer', 'must be "sign"'],
    [
      'an unknown kind of quantizer',
      (spec) => (spec.layers[4]!.quantizer = { type: 'dorefa' }),
      'layers.4.quantizer.type',
      '"inputdorefa"',
    ],
    [
      'a quantizer with a bad parameter',
      (spec) => (spec.layers[4]!.quantizer = { type: 'inputdorefa', bits: 'two' }),
      'layers.4.quantizer.bits',
      'must be a number (it is "two")',
    ],
    [
      'a quantizer out of bounds',
      (spec) => (spec.layers[4]!.quantizer = { type: 'swishsign', beta: 0 }),
      'layers.4.quantizer.beta',
      'must be greater than 0 (it is 0)',
    ],
    [
      'a threshold of zero',
      (spec) => (spec.layers[4]!.gradientCancellationThreshold = 0),
      'layers.4.gradientCancellationThreshold',
      'greater than 0',
    ],
    [
      'a clip that is infinite',
      (spec) => (spec.layers[5]!.weightClip = Infinity),
      'layers.5.weightClip',
      'must be a number (it is Infinity)',
    ],
    ['a bias that is no answer', (spec) => (spec.layers[0]!.bias = 'yes'), 'layers.0.bias', 'must be true or false'],
    ['an eps of zero', (spec) => (spec.layers[1]!.eps = 0), 'layers.1.eps', 'greater than 0'],
  ])('%s', (_name, change, field, sentence) => {
    expect(() => parseNetworkSpec(draft(change))).toThrowError(
      expect.objectContaining({
        code: 'invalid_spec',
        message: expect.stringContaining(sentence) as string,
        place: field ? { field } : {},
      }),
    )
  })

  it.each([null, undefined, [], 'net', 42, NaN])('what is no object: %j', (value) => {
    expect(() => parseNetworkSpec(value)).toThrowError(expect.objectContaining({ code: 'invalid_spec' }))
  })

  it('a prototype from a file', () => {
    const text = JSON.stringify(preset('lenet-binary')).replace('"schema":1', '"schema":1,"__proto__":{"evil":true}')
    expect(() => parseNetworkSpec(JSON.parse(text))).toThrow(/__proto__/)
  })
})

describe('a spec that is sound', () => {
  it('gets its defaults and survives a round trip', () => {
    const spec = preset('lenet-binary')
    expect(spec.layers[4]).toEqual({
      id: 'sign1',
      type: 'QActivation',
      quantizer: 'sign',
      gradientCancellationThreshold: 1,
    })
    expect(parseNetworkSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
  })

  it('may switch the gradient cancellation off', () => {
    const spec = parseNetworkSpec(draft(({ layers }) => (layers[4]!.gradientCancellationThreshold = null)))
    expect(spec.layers[4]).toMatchObject({ gradientCancellationThreshold: null })
  })

  it('knows the schema of every layer but blocks, which hold layers themselves', () => {
    const plain = LAYER_DEFINITIONS.filter(({ type }) => type !== 'Residual')
    expect(LAYER_SCHEMAS).toEqual(plain.map(({ schema }) => schema))
  })
})

describe('a training', () => {
  const settings = (changes: object) => trainingSettingsSchema.parse(changes)

  it('is divided into steps, the last of them begun', () => {
    expect(divideImages(settings({}), 60_000)).toEqual({ images: 60_000, heldOut: 0, stepsPerEpoch: 600 })
    expect(divideImages(settings({ limit: 205, batchSize: 100 }), 60_000)).toEqual({
      images: 205,
      heldOut: 0,
      stepsPerEpoch: 3,
    })
  })

  it('may use one batch for all', () => {
    expect(() => checkTraining(smallNetwork(), settings({ batchSize: 60_000 }))).not.toThrow()
  })

  it.each([
    [{ limit: 201, batchSize: 100 }, 'leave one image alone'],
    [{ limit: 10, batchSize: 1 }, 'leave one image alone'],
  ])('leaves no image alone where BatchNorm would divide by zero: %j', (changes, sentence) => {
    expect(() => checkTraining(preset('lenet-binary'), settings(changes))).toThrow(sentence)
    expect(() => checkTraining(smallNetwork(), settings(changes))).not.toThrow()
  })

  it('refuses infinite numbers', () => {
    for (const learningRate of [NaN, Infinity, -1, 0]) {
      expect(trainingSettingsSchema.safeParse({ learningRate }).success).toBe(false)
    }
  })
})
