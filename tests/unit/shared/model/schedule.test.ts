import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rateFactor } from '#shared/model/schedule.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

interface ScheduleCase {
  readonly name: string
  readonly settings: object
  readonly stepsPerEpoch: number
  readonly rates: readonly number[]
}

const fixture = new URL('../../../fixtures/engine/schedules.json', import.meta.url)
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as ScheduleCase[]

describe('the learning rate of every step', () => {
  it.each(cases)('is that of $name', ({ settings, stepsPerEpoch, rates }) => {
    const parsed = trainingSettingsSchema.parse(settings)
    const found = rates.map((_, index) => rateFactor(parsed, stepsPerEpoch, index + 1))
    for (const [index, rate] of rates.entries()) expect(found[index], `step ${index + 1}`).toBeCloseTo(rate, 10)
  })

  it('is the base rate throughout where nothing is said about it', () => {
    const settings = trainingSettingsSchema.parse({})
    expect([1, 2, 6000, 6001].map((step) => rateFactor(settings, 600, step))).toEqual([1, 1, 1, 1])
  })

  it('reaches the base rate in the first step behind the warm-up', () => {
    const settings = trainingSettingsSchema.parse({ warmupEpochs: 0.5, epochs: 2 })
    expect([1, 2, 3, 4, 5].map((step) => rateFactor(settings, 8, step))).toEqual([0.2, 0.4, 0.6, 0.8, 1])
  })
})
