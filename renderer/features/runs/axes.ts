import { formatClock, formatCount, formatPercent } from '#shared/format/numbers.ts'
import type { Axis } from '../../charts/line.ts'
import { clockTicks, durationTicks } from '../../charts/ticks.ts'

export const LOSS_AXIS: Axis = { label: 'Loss', format: formatLoss, low: 0 }
export const ACCURACY_AXIS: Axis = {
  label: 'Accuracy',
  format: (value) => formatPercent(value),
  formatTick: (value) => `${Number((value * 100).toFixed(2))} %`,
  low: 0,
  high: 1,
  isFixed: true,
}

/** What the curves of a run can be drawn over, TensorBoard's three and the epoch. */
export const HORIZONTALS = ['step', 'epoch', 'relative', 'wall'] as const
export type Horizontal = (typeof HORIZONTALS)[number]

export const HORIZONTAL_AXES: Readonly<Record<Horizontal, Axis>> = {
  step: { label: 'Step', format: (value) => formatCount(value), isWhole: true, low: 0 },
  epoch: { label: 'Epoch', format: (value) => String(Number(value.toFixed(2))), low: 0 },
  relative: { label: 'Time', format: formatTime, ticks: durationTicks, low: 0 },
  wall: { label: 'Clock', format: formatMoment, formatTick: formatTimeOfDay, ticks: clockTicks, formatExact: toIso },
}

/** What each of them means, in a sentence. */
export const HORIZONTAL_HELP: Readonly<Record<Horizontal, string>> = {
  step: 'Step: the batches trained so far. Tests stand at the last step of their epoch.',
  epoch: 'Epoch: the same in passes over the training images, so that runs with other batch sizes line up.',
  relative: 'Relative: the training time of the run, tests included and pauses left out.',
  wall: 'Wall: the time of day at which it was trained, pauses left in.',
}

/** A loss in three digits that mean something: "2.31", "0.0612", and "4.12e10" of one that runs away. */
export function formatLoss(value: number): string {
  if (value === 0) return '0'
  if (Math.abs(value) < 0.0001) return value.toExponential(1)
  const rounded = Number(value.toPrecision(3))
  return Math.abs(value) < 100_000 ? String(rounded) : rounded.toExponential().replace('e+', 'e')
}

/** Seconds of training: tenths tell the steps of a fast run apart. */
function formatTime(seconds: number): string {
  return seconds < 59.95 && !Number.isInteger(seconds)
    ? `0:${seconds.toFixed(1).padStart(4, '0')}`
    : formatClock(seconds)
}

const DATED = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

function formatMoment(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', DATED)
}

/** Seconds and parts of them only where they tell ticks apart. */
function formatTimeOfDay(milliseconds: number): string {
  const date = new Date(Math.round(milliseconds))
  const part = date.getMilliseconds()
  const fraction = part === 0 ? {} : { fractionalSecondDigits: part % 100 === 0 ? (1 as const) : (3 as const) }
  const seconds = date.getSeconds() === 0 && part === 0 ? {} : { second: '2-digit' as const, ...fraction }
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...seconds })
}

function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
