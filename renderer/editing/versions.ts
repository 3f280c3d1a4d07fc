import type { Bench, NetworkDocument } from './document.ts'
import { isSame } from './history.ts'

/**
 * Whether `later` went on from where `earlier` is: what is there now is among its steps, back or forth, so that nothing
 * is lost by taking it instead.
 */
export function goesOnFrom(later: Bench, earlier: Bench): boolean {
  const { present } = earlier.history
  const { past, future } = later.history
  const states: readonly NetworkDocument[] = [
    later.history.present,
    ...past.map(({ document }) => document).toReversed(),
    ...future.map(({ document }) => document).toReversed(),
  ]
  return states.some((state) => isSame(state, present))
}
