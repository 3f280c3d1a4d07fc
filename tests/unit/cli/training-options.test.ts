import { describe, expect, it } from 'vitest'
import { withOptions } from '#electron/cli/input/training-options.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const parse = (settings: object) => trainingSettingsSchema.parse(settings)

describe('options of a training', () => {
  it('that are not given leave the settings of the network alone', () => {
    const settings = parse({ optimizer: { type: 'bop', gamma: 0.01 }, earlyStopping: {}, augmentation: { shift: 1 } })
    expect(withOptions(settings, {})).toEqual(settings)
  })

  it('refine the optimiser and the schedule that the network has', () => {
    const settings = parse({ optimizer: { type: 'sgd', momentum: 0.9 }, schedule: { type: 'step', factor: 0.5 } })
    expect(withOptions(settings, { nesterov: true, everyEpochs: 3 })).toMatchObject({
      optimizer: { type: 'sgd', momentum: 0.9, nesterov: true },
      schedule: { type: 'step', factor: 0.5, everyEpochs: 3 },
    })
  })

  it('take the defaults of another optimiser', () => {
    const settings = parse({ optimizer: { type: 'sgd', momentum: 0.9 } })
    expect(parse(withOptions(settings, { optimizer: 'adamw' })).optimizer).toEqual({ type: 'adamw', weightDecay: 0.01 })
  })

  it('switch early stopping on, off, and to the accuracy', () => {
    const plain = parse({})
    const watched = parse(withOptions(plain, { earlyStopping: 3, monitor: 'accuracy', minDelta: 0.001 }))
    expect(watched.earlyStopping).toEqual({ monitor: 'accuracy', patience: 3, minDelta: 0.001 })
    expect(parse(withOptions(watched, { minDelta: 0 })).earlyStopping).toMatchObject({ patience: 3, minDelta: 0 })
    expect(parse(withOptions(watched, { earlyStopping: 0 })).earlyStopping).toBeNull()
  })

  it('switch augmentation on, to amounts, and off', () => {
    const plain = parse({})
    expect(parse(withOptions(plain, { augment: true })).augmentation.shift).toBeGreaterThan(0)
    const rotated = parse(withOptions(plain, { augment: 'rotation = 12' }))
    expect(rotated.augmentation).toEqual({ shift: 0, rotation: 12, elastic: 0 })
    expect(parse(withOptions(rotated, { augment: 'off' }))).toEqual(plain)
  })
})
