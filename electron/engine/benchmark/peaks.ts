import type { Kernels } from '#electron/native/kernels.ts'
import type { Contender } from './turns.ts'

/** Some milliseconds a call; what a loop prepares first weighs nothing then. */
const SIGN_ROUNDS = 1 << 14
const FLOAT_ROUNDS = 1 << 18

/** A peak to be measured, with the multiply-adds of one call. */
export interface Peak extends Contender {
  readonly macs: number
}

/** What this machine can do at most with as many threads as the kernels use. */
export function peaksOf(kernels: Kernels): Record<'popcount' | 'fma', Peak> {
  return {
    popcount: { macs: kernels.peakOfSigns(SIGN_ROUNDS), run: () => void kernels.peakOfSigns(SIGN_ROUNDS) },
    fma: { macs: kernels.peakOfFloats(FLOAT_ROUNDS), run: () => void kernels.peakOfFloats(FLOAT_ROUNDS) },
  }
}
