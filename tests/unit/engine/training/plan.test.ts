import { describe, expect, it } from 'vitest'
import type { ImageDataset } from '#electron/engine/datasets/dataset.ts'
import { planTraining } from '#electron/engine/training/plan.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const images = { count: 250, pixels: new Uint8Array(0), labels: new Uint8Array(0) }
const dataset: ImageDataset = {
  name: 'mnist',
  height: 28,
  width: 28,
  channels: 1,
  classes: Array.from({ length: 10 }, (_, digit) => `${digit}`),
  train: images,
  test: images,
  sha256: '',
}

function plan(settings: object, input = { height: 28, width: 28, channels: 1 }) {
  const spec = parseNetworkSpec({
    schema: 1,
    name: 'n',
    input,
    layers: [
      { id: 'flatten', type: 'Flatten' },
      { id: 'linear', type: 'Linear', outFeatures: 10 },
      { id: 'norm', type: 'BatchNorm' },
    ],
  })
  return planTraining(trainingSettingsSchema.parse(settings), requireTrainable(spec, 10), dataset)
}

const refused = (code: string, ...parts: string[]) =>
  expect.objectContaining({ code, message: expect.stringMatching(parts.join('.*')) })

describe('a training plan', () => {
  it('counts a last, smaller batch', () => {
    expect(plan({ batchSize: 100, epochs: 2 })).toEqual({
      images: 250,
      heldOut: 0,
      batchSize: 100,
      epochs: 2,
      stepsPerEpoch: 3,
      totalSteps: 6,
    })
  })

  it('stops at the limit', () => {
    expect(plan({ batchSize: 50, epochs: 1, limit: 200 })).toMatchObject({ images: 200, stepsPerEpoch: 4 })
  })

  it('holds images out of those within the limit', () => {
    expect(plan({ batchSize: 50, limit: 200, validation: 0.1 })).toMatchObject({
      images: 180,
      heldOut: 20,
      stepsPerEpoch: 4,
    })
  })

  it('refuses a validation that holds out none, or leaves none to train on', () => {
    expect(() => plan({ validation: 0.001 })).toThrowError(refused('invalid_settings', '0.001', 'none of 250'))
    expect(() => plan({ validation: 0.9, limit: 1, batchSize: 1 })).toThrowError(
      refused('invalid_settings', 'none of 1 '),
    )
    expect(() => plan({ validation: 0.7 })).toThrowError(refused('invalid_settings', '100', '75'))
  })

  it('refuses a batch larger than the data, naming both', () => {
    expect(() => plan({ batchSize: 251 })).toThrowError(refused('invalid_settings', '251', '250'))
    expect(() => plan({ batchSize: 100, limit: 99 })).toThrowError(refused('invalid_settings', '100', '99'))
  })

  it('refuses a limit beyond the data, naming both', () => {
    expect(() => plan({ limit: 300 })).toThrowError(refused('invalid_settings', '300', '250'))
  })

  it('refuses to normalise a batch of one image', () => {
    expect(() => plan({ batchSize: 1 })).toThrowError(refused('invalid_settings', 'norm'))
    expect(() => plan({ batchSize: 100, limit: 201 })).toThrowError(refused('invalid_settings', '201', '100'))
  })

  it('refuses a network that reads other images, naming both sizes', () => {
    expect(() => plan({}, { height: 32, width: 32, channels: 3 })).toThrowError(
      refused('invalid_shape', '32×32×3', '28×28×1'),
    )
  })
})
