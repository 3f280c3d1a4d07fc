import { findThresholds, type Thresholds } from '#shared/bits/thresholds.ts'
import type { ActivationKind, PoolingWindow, Stage } from './stages.ts'

/**
 * The layers between sums and their sign. Each is a function of one channel's value that rises, falls or is constant,
 * or takes the largest value of a window. So all of them together are one comparison a channel, and the windows can
 * come after it, on bits.
 */
export type MonotoneStep =
  | { readonly kind: 'bias'; readonly bias: Float32Array }
  | { readonly kind: 'affine'; readonly scale: Float32Array; readonly shift: Float32Array }
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  | { readonly kind: 'largest'; readonly window: PoolingWindow }

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
      // The product of two floats is exact in a double, so this rounds as a fused multiply-add does.
      return Math.fround(x * step.scale[channel]! + step.shift[channel]!)
    case 'activation':
      return Math.fround(ACTIVATIONS[step.activation](x))
    case 'largest':
      return x
  }
}

/** The steps followed by a sign: a comparison, then every window as a pooling of bits. */
export function compare(steps: readonly MonotoneStep[], channels: number): Stage[] {
  const thresholds: Thresholds = findThresholds(channels, (x, channel) =>
    steps.reduce((value, step) => applyStep(step, value, channel), x),
  )
  const stages: Stage[] = [{ kind: 'comparison', thresholds }]
  steps.forEach((step, index) => {
    if (step.kind !== 'largest') return
    // Where the rest falls, the largest value has the smallest result: there the window takes the smallest bit.
    const rest = steps.slice(index + 1)
    const smallest = Uint8Array.from({ length: channels }, (_, channel) => (falls(rest, channel) ? 1 : 0))
    stages.push({ kind: 'bit pooling', window: step.window, smallest })
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
