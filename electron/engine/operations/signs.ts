import type { Tensor } from '@tensorflow/tfjs-core'

/** As `packSigns` of shared/bits for one row, half a word at a time. */
export function packSigns(values: Tensor, halves: Uint32Array): void {
  const floats = values.dataSync()
  for (let half = 0, at = 0; half < halves.length; half++) {
    let bits = 0
    for (let bit = 0; bit < 32 && at < floats.length; bit++, at++) if (floats[at]! >= 0) bits |= 1 << bit
    halves[half] = bits
  }
}
