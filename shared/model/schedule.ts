import { z } from '../zod.ts'

/** How the learning rate changes while a network is trained. */
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant') }),
  z.strictObject({
    type: z.literal('step'),
    everyEpochs: z.int().min(1).max(10_000).default(10),
    /** What the rate is multiplied by each time. */
    factor: z.number().positive().max(1).default(0.1),
  }),
  /** Half a cosine from the base rate down, over all steps (Loshchilov and Hutter, 2017, without restarts). */
  z.strictObject({
    type: z.literal('cosine'),
    /** Share of the base rate that it approaches at the end. */
    finalShare: z.number().min(0).max(1).default(0),
  }),
])

export type Schedule = z.output<typeof scheduleSchema>

export const SCHEDULE_TYPES = ['constant', 'step', 'cosine'] as const satisfies readonly Schedule['type'][]

/** The parts of the settings that the learning rate of a step depends on. */
export interface RateSettings {
  readonly schedule: Schedule
  /** Epochs, or a part of one, in which the rate rises evenly; the schedule begins behind them. */
  readonly warmupEpochs: number
  readonly epochs: number
}

/**
 * What the base learning rate is multiplied by in a step: PyTorch's StepLR or CosineAnnealingLR, behind a LinearLR
 * that starts at 1 / (warm-up steps + 1).
 *
 * @param step 1 for the first.
 */
export function rateFactor(
  { schedule, warmupEpochs, epochs }: RateSettings,
  stepsPerEpoch: number,
  step: number,
): number {
  const warmup = Math.round(warmupEpochs * stepsPerEpoch)
  const done = step - 1
  if (done < warmup) return (done + 1) / (warmup + 1)
  const behind = done - warmup
  switch (schedule.type) {
    case 'constant':
      return 1
    case 'step':
      return schedule.factor ** Math.floor(behind / (schedule.everyEpochs * stepsPerEpoch))
    case 'cosine': {
      const share = Math.min(1, behind / Math.max(1, epochs * stepsPerEpoch - warmup))
      return schedule.finalShare + (1 - schedule.finalShare) * 0.5 * (1 + Math.cos(Math.PI * share))
    }
  }
}
