/** The lab's sign: +1 from zero on, so there is no third value. */
export function sign(x: number): 1 | -1 {
  return x >= 0 ? 1 : -1
}

/** Whether the straight-through estimator lets the gradient pass at `x`; a threshold of `null` always does. */
export function passesGradient(x: number, threshold: number | null): boolean {
  return threshold === null || Math.abs(x) <= threshold
}

/** The function whose gradient is used in place of sign's: `x` clipped to the threshold. */
export function surrogate(x: number, threshold: number | null): number {
  return threshold === null ? x : Math.max(-threshold, Math.min(threshold, x))
}
