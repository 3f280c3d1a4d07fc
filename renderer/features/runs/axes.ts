import { formatClock, formatCount, formatPercent } from '#shared/format/numbers.ts'
import type { Axis } from '../../charts/line.ts'

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
