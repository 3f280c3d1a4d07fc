/** Codes on one side of zero. */
const STEPS = 128

/**
 * Latent weights in one byte each: [-range, range] is cut into 256 equal steps, and a code stands for the middle of its
 * step. Codes from 128 on are the weights that count as +1, so the sign is kept exactly (-0.0 counts as +1, as
 * everywhere); the magnitude is off by at most range / 256.
 */
export function quantize(values: ArrayLike<number>, range: number): Uint8Array {
  const codes = new Uint8Array(values.length)
  const scale = range > 0 ? STEPS / range : 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    const magnitude = Math.min(STEPS - 1, Math.abs(value) * scale) | 0
    // Below zero -1 - magnitude, which is its bits inverted: a branch would go the wrong way for every other weight.
    codes[index] = STEPS + (magnitude ^ -Number(!(value >= 0)))
  }
  return codes
}

/** The value that a code stands for. */
export function dequantize(code: number, range: number): number {
  return ((code - STEPS + 0.5) * range) / STEPS
}

/**
 * The range for weights up to `largest` in magnitude: the next power of √2, so that it seldom changes from one frame to
 * the next, and codes can be told by their change.
 */
export function rangeFor(largest: number): number {
  if (!(largest > 0)) return 1
  return 2 ** (Math.ceil(2 * Math.log2(largest)) / 2)
}
