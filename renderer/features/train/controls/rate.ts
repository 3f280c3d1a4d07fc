import type { RunDetail } from '#shared/contract/runs.ts'
import { rateFactor } from '#shared/model/schedule.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { stepsPerEpochOf } from '../../runs/lines.ts'

export interface PresentRate {
  /** As it was set last, before schedule and warm-up. */
  readonly base: number
  /** What the next step multiplies it by. */
  readonly factor: number
  readonly rate: number
}

/** The learning rate of the step after `stepsDone`. */
export function presentRate(
  { settings, marks }: Pick<RunDetail, 'settings' | 'marks'>,
  stepsDone: number,
): PresentRate {
  const base = marks.at(-1)?.learningRate ?? settings.learningRate
  const factor = rateFactor(settings, stepsPerEpochOf(settings) ?? 1, stepsDone + 1)
  return { base, factor, rate: base * factor }
}

/** Where the rate comes from, such as "0.001 × 0.61 by cosine schedule"; `null` where it is the base itself. */
export function explainRate({ settings }: Pick<RunDetail, 'settings'>, { base, factor }: PresentRate): string | null {
  const { schedule, warmupEpochs } = settings
  const causes = [
    schedule.type === 'constant' ? '' : `${schedule.type} schedule`,
    warmupEpochs > 0 ? 'warm-up' : '',
  ].filter(Boolean)
  return causes.length === 0 ? null : `${base} × ${formatRate(factor)} by ${causes.join(' and ')}`
}

/** Three digits that count. */
export function formatRate(rate: number): string {
  return String(Number(rate.toPrecision(3)))
}

/** What is wrong with a learning rate that was typed; `null` for one that can be trained with. */
export function rateProblem(rate: number | null): string | null {
  if (trainingSettingsSchema.shape.learningRate.safeParse(rate ?? NaN).success) return null
  return 'Type a number above 0, at most 10.'
}
