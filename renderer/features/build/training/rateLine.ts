import { divideImages } from '#shared/model/division.ts'
import { rateFactor } from '#shared/model/schedule.ts'
import type { TrainingSettings } from '#shared/model/training.ts'

/** Places along the line at which the rate is asked for, besides the ends. */
const POINTS = 240

type RateSettings = Pick<
  TrainingSettings,
  'schedule' | 'warmupEpochs' | 'epochs' | 'learningRate' | 'batchSize' | 'limit' | 'validation'
>

/** The learning rate over the epochs, for a picture of it; empty while a setting is no usable number. */
export function rateLine(settings: RateSettings, trainImages: number): { epoch: number; rate: number }[] {
  const stepsPerEpoch = Math.max(1, divideImages(settings, trainImages).stepsPerEpoch)
  const steps = settings.epochs * stepsPerEpoch
  const count = Math.min(POINTS, steps)
  const points = Array.from({ length: count }, (_, index) => {
    const step = count === 1 ? 1 : 1 + Math.round((index / (count - 1)) * (steps - 1))
    return {
      epoch: (step - 1) / stepsPerEpoch,
      rate: settings.learningRate * rateFactor(settings, stepsPerEpoch, step),
    }
  })
  return points.every(({ rate }) => Number.isFinite(rate)) ? points : []
}

/** The line in words, for those who do not see it. */
export function describeRateLine(line: readonly { rate: number }[]): string {
  const rates = line.map(({ rate }) => rate)
  const [first, last, highest] = [rates[0] ?? 0, rates.at(-1) ?? 0, Math.max(...rates)].map((rate) => format(rate))
  const rise = first === highest ? `begins at ${first}` : `rises from ${first} to ${highest}`
  return `The learning rate ${rise}${last === highest ? '' : ` and ends at ${last}`}.`
}

export function format(rate: number): string {
  return String(Number(rate.toPrecision(2)))
}
