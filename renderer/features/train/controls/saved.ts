import { formatCount } from '../../../format/numbers.ts'

/** What is said when a checkpoint has been written. */
export function savedText(step: number): string {
  return `Checkpoint saved at step ${formatCount(step)}`
}
