import { describe, expect, it } from 'vitest'
import { validate } from '#shared/contract/validate.ts'
import {
  describeAugmentation,
  describeEarlyStopping,
  describeLearningRate,
  describeOptimizer,
  describeValidation,
} from '#shared/model/training-words.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const parse = (settings: unknown) => validate(trainingSettingsSchema, settings, 'invalid_settings')

describe('training settings', () => {
  it('of earlier versions mean what they meant', () => {
    const earlyStopping = { monitor: 'testLoss', patience: 2, minDelta: 0 }
    expect(parse({ earlyStopping }).earlyStopping).toEqual({ ...earlyStopping, monitor: 'loss' })
    expect(parse({ optimizer: 'sgd', learningRate: 0.1 })).toMatchObject({
      optimizer: { type: 'sgd', momentum: 0, nesterov: false },
      learningRate: 0.1,
      schedule: { type: 'constant' },
      warmupEpochs: 0,
      earlyStopping: null,
      augmentation: { shift: 0, rotation: 0, elastic: 0 },
      validation: 0,
    })
    expect(parse({}).optimizer).toEqual({ type: 'adam' })
  })

  it('that were written are read as they are', () => {
    const settings = parse({ optimizer: { type: 'bop' }, earlyStopping: {}, schedule: { type: 'step' } })
    expect(parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })

  it.each([
    [{ optimizer: 'lion' }, '"optimizer.type" must be "adam", "adamw", "sgd" or "bop" (it is "lion").'],
    [{ optimizer: { type: 'sgd', momentum: 1 } }, '"optimizer.momentum" must be less than 1 (it is 1).'],
    [
      { optimizer: { type: 'sgd', nesterov: true } },
      '"optimizer.nesterov" needs a momentum greater than 0 (it is true).',
    ],
    [{ optimizer: { type: 'adam', momentum: 0.9 } }, '"optimizer" has the unknown field "momentum".'],
    [{ schedule: { type: 'linear' } }, '"schedule.type" must be "constant", "step" or "cosine" (it is "linear").'],
    [{ augmentation: { shift: -1 } }, '"augmentation.shift" must be at least 0 (it is -1).'],
    [{ earlyStopping: { patience: 0 } }, '"earlyStopping.patience" must be at least 1 (it is 0).'],
    [{ earlyStopping: { monitor: 'speed' } }, '"earlyStopping.monitor" must be "loss" or "accuracy" (it is "speed").'],
    [{ validation: 1 }, '"validation" must be at most 0.9 (it is 1).'],
    [{ warmupEpochs: Infinity }, '"warmupEpochs" must be a number (it is Infinity).'],
  ])('%j are refused with the value and the fix', (settings, message) => {
    expect(() => parse(settings)).toThrowError(expect.objectContaining({ code: 'invalid_settings', message }))
  })
})

describe('settings in words', () => {
  it('name what matters and leave out the rest', () => {
    const plain = parse({})
    expect([plain].map(describeOptimizer)).toEqual(['Adam'])
    expect(describeLearningRate(plain)).toBe('0.001')
    expect([describeEarlyStopping(plain), describeAugmentation(plain)]).toEqual(['Off', 'Off'])
    expect(describeValidation(plain)).toBe('None')
    const rich = parse({
      optimizer: { type: 'sgd', momentum: 0.9, nesterov: true },
      schedule: { type: 'cosine', finalShare: 0.01 },
      warmupEpochs: 1,
      earlyStopping: { patience: 1, monitor: 'testAccuracy', minDelta: 0.001 },
      augmentation: { rotation: 10, elastic: 0.5 },
    })
    expect(describeOptimizer(rich)).toBe('SGD, Nesterov momentum 0.9')
    expect(describeLearningRate(rich)).toBe('0.001, cosine to 0.01 of it, warm-up 1 epoch')
    expect(describeEarlyStopping(rich)).toBe('Patience 1 epoch, test accuracy, at least 0.001')
    expect(describeAugmentation(rich)).toBe('Rotation 10°, elastic 0.5 px')
  })
})
