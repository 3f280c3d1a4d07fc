import { sumOf, type LayerCost } from '#shared/model/cost.ts'

/**
 * How much faster a whole network gets when one 1-bit multiply-accumulate is `factor` times as fast as one of 32 bits
 * and nothing else changes (Amdahl's law).
 */
export function wholeSpeedup(macs: LayerCost['macs'], factor: number): number {
  const all = sumOf(macs)
  return all / (all - macs[1] + macs[1] / factor)
}
