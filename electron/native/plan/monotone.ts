import { findThresholds, type Thresholds } from '#shared/bits/thresholds.ts'
import { fusedMultiplyAdd } from './rounding.ts'
import type { ActivationKind, Affine, PoolingWindow, Rectifier, Sides, Stage } from './stages.ts'

/**
 * The layers between sums and their sign. Each is a function of one channel's value that rises, falls or is constant,
 * takes the largest value of a window, or surrounds the image. So all of them together are one comparison a channel, and
 * windows and borders can come after it, on bits.
 */
export type MonotoneStep =
  | { readonly kind: 'bias'; readonly bias: Float32Array }
  | Affine
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  | Rectifier
  | { readonly kind: 'largest'; readonly window: PoolingWindow }
  | { readonly kind: 'border'; readonly sides: Sides; readonly value: number }

const ACTIVATIONS: Readonly<Record<ActivationKind, (x: number) => number>> = {
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  hardtanh: (x) => Math.min(Math.max(x, -1), 1),
}

/** A step on one value, rounded to a 32-bit float as the kernels round it. */
export function applyStep(step: MonotoneStep, x: number, channel: number): number {
  switch (step.kind) {
    case 'bias':
      return Math.fround(x + step.bias[channel]!)
    case 'affine':
      // Infinity, which large values reach on the way here, times 0 would be no number.
      if (step.scale[channel] === 0) return step.shift[channel]!
      return fusedMultiplyAdd(x, step.scale[channel]!, step.shift[channel]!)
    case 'activation':
      return Math.fround(ACTIVATIONS[step.activation](x))
    case 'rectifier':
      return rectify(step, x, channel)
    case 'largest':
    case 'border':
      return x
  }
}

function rectify({ before, slope, after }: Rectifier, x: number, channel: number): number {
  const moved = Math.fround(x - before[channel]!)
  // As above, Infinity times 0 would be no number.
  const negative = slope[channel] === 0 ? 0 : Math.fround(moved * slope[channel]!)
  return Math.fround((moved > 0 ? moved : negative) + after[channel]!)
}

const applySteps = (steps: readonly MonotoneStep[], x: number, channel: number) =>
  steps.reduce((value, step) => applyStep(step, value, channel), x)

/** Signs of what the steps make, as stages. Floats as far as the last step that turns round, then a comparison. */
export function signsOf(steps: readonly MonotoneStep[], channels: number): Stage[] {
  const turning = steps.findLastIndex((step) => step.kind === 'rectifier' && step.slope.some((slope) => slope < 0))
  return [...keepFloats(steps.slice(0, turning + 1)), ...compare(steps.slice(turning + 1), channels)]
}

/**
 * The steps followed by a sign: a comparison, then every window as a pooling of bits and every border as one of bits.
 * The steps rise, fall or are constant: a trained slope below 0 does neither.
 */
export function compare(steps: readonly MonotoneStep[], channels: number): Stage[] {
  const thresholds: Thresholds = findThresholds(channels, (x, channel) => applySteps(steps, x, channel))
  const stages: Stage[] = [{ kind: 'comparison', thresholds }]
  const byChannel = (holds: (channel: number) => boolean) =>
    Uint8Array.from({ length: channels }, (_, channel) => (holds(channel) ? 1 : 0))
  steps.forEach((step, index) => {
    const rest = steps.slice(index + 1)
    if (step.kind === 'largest') {
      // Where the rest falls, the largest value has the smallest result: there the window takes the smallest bit.
      stages.push({ kind: 'bit pooling', window: step.window, smallest: byChannel((channel) => falls(rest, channel)) })
    } else if (step.kind === 'border') {
      const ones = byChannel((channel) => applySteps(rest, step.value, channel) >= 0)
      stages.push({ kind: 'bit border', sides: step.sides, ones })
    }
  })
  return stages
}

function falls(steps: readonly MonotoneStep[], channel: number): boolean {
  return steps.filter((step) => step.kind === 'affine' && step.scale[channel]! < 0).length % 2 === 1
}

/** The steps as they stand, for values that stay floats. */
export function keepFloats(steps: readonly MonotoneStep[]): Stage[] {
  return steps.map((step): Stage => {
    if (step.kind === 'largest') return { kind: 'pooling', window: step.window, mean: false }
    if (step.kind === 'bias') return { kind: 'affine', scale: step.bias.map(() => 1), shift: step.bias }
    return step
  })
}
