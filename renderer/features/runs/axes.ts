import type { Axis } from '../../charts/line.ts'
import { formatCount, formatPercent } from '../../format/numbers.ts'

export const STEP_AXIS: Axis = { label: 'Step', format: formatCount, isWhole: true, low: 0 }
export const EPOCH_AXIS: Axis = { label: 'Epoch', format: String, isWhole: true }
export const TIME_AXIS: Axis = { label: 'Time', format: formatClock, low: 0 }
export const LOSS_AXIS: Axis = { label: 'Loss', format: formatLoss, low: 0 }
export const ACCURACY_AXIS: Axis = {
  label: 'Accuracy',
  format: (value) => formatPercent(value),
  formatTick: (value) => `${Number((value * 100).toFixed(2))} %`,
  low: 0,
  high: 1,
}

/** A loss in three digits that mean something: "2.31", "0.0612". */
export function formatLoss(value: number): string {
  if (value === 0) return '0'
  return Math.abs(value) < 0.0001 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
}

/** Seconds as on a clock: "0:42", "12:05", "1:02:05". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}
