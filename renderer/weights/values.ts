import { HALVES_PER_WORD, wordsFor } from '#shared/bits/layout.ts'
import type { Snapshot } from '#shared/contract/snapshots.ts'
import { dequantize } from '#shared/snapshots/quantize.ts'

/** A page of filters as numbers: signs ±1, latent weights, or counts; filter by filter. */
export interface WeightPage {
  readonly mode: Snapshot['mode']
  readonly step: number
  readonly from: number
  readonly count: number
  readonly size: number
  readonly range: number
  readonly values: Float32Array
}

export function decodePage({ values: bytes, ...page }: Snapshot): WeightPage {
  return { ...page, values: decode({ values: bytes, ...page }) }
}

function decode({ mode, values, count, size, range }: Snapshot): Float32Array {
  const numbers = new Float32Array(count * size)
  if (mode === 'signs') {
    const rowBytes = wordsFor(size) * HALVES_PER_WORD * 4
    for (let filter = 0; filter < count; filter++)
      for (let k = 0; k < size; k++) {
        const bit = (values[filter * rowBytes + (k >> 3)]! >> (k & 7)) & 1
        numbers[filter * size + k] = 2 * bit - 1
      }
  } else if (mode === 'latents') {
    for (let index = 0; index < numbers.length; index++) numbers[index] = dequantize(values[index]!, range)
  } else {
    for (let index = 0; index < numbers.length; index++)
      numbers[index] = values[2 * index]! + 256 * values[2 * index + 1]!
  }
  return numbers
}

/** Numbers of which each byte tells a place between `min` (0) and `max` (255). */
export function decodeCodes(codes: Uint8Array, min: number, max: number): Float32Array {
  const numbers = new Float32Array(codes.length)
  for (let index = 0; index < codes.length; index++) numbers[index] = min + (codes[index]! / 255) * (max - min)
  return numbers
}

/** The largest magnitude in each filter. */
export function rangesOf({ values, count, size }: WeightPage): Float32Array {
  const ranges = new Float32Array(count)
  for (let filter = 0; filter < count; filter++)
    for (let k = 0; k < size; k++) ranges[filter] = Math.max(ranges[filter]!, Math.abs(values[filter * size + k]!))
  return ranges
}

/** Which weights have another sign than in the page before: one for a flip. */
export function flipsBetween({ values: before }: WeightPage, { values: now }: WeightPage): Uint8Array {
  const flips = new Uint8Array(now.length)
  for (let index = 0; index < now.length; index++) flips[index] = Number(now[index]! >= 0 !== before[index]! >= 0)
  return flips
}

/** How many values lie above zero: weights that are +1, or flips. */
export function countPositive(values: Float32Array | Uint8Array): number {
  let count = 0
  for (let index = 0; index < values.length; index++) if (values[index]! > 0) count++
  return count
}
