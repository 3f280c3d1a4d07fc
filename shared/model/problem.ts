import type { Repair } from './repair.ts'

/** What is wrong with a network, where, and what to do about it. */
export interface NetworkProblem {
  /** The layer that causes it; absent when the network as a whole does. */
  readonly layerId?: string
  readonly message: string
  readonly fix: string
  /** The fix for a program, where one stands out. Only with `layerId`. */
  readonly repair?: Repair
}
