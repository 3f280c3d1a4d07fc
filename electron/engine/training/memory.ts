import { SignumError } from '#shared/contract/errors.ts'
import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import { sumOf } from '#shared/model/cost.ts'
import { sizeOf } from '#shared/model/signal.ts'

const FLOAT_BYTES = 4
/** A layer's output, its gradient, and what the layer keeps for the way back. */
const COPIES_OF_ACTIVATIONS = 3
/** A weight, its gradient, and the two moments of Adam, old and new. */
const COPIES_OF_PARAMETERS = 6

/** Upper estimate of the bytes a training step needs at this batch size. */
export function trainingBytes({ layers, totals }: NetworkAnalysis, batchSize: number): number {
  const activations = layers.reduce((sum, { output }) => sum + sizeOf(output.shape), 0)
  const parameters = sumOf(totals.parameters)
  return FLOAT_BYTES * (COPIES_OF_ACTIVATIONS * activations * batchSize + COPIES_OF_PARAMETERS * parameters)
}

/**
 * Refuses a training that cannot fit before anything is allocated: TensorFlow would end the whole process.
 *
 * @param availableBytes what the process may still take, its container's limit included.
 * @throws SignumError `out_of_memory`.
 */
export function requireMemory(
  analysis: NetworkAnalysis,
  batchSize: number,
  availableBytes = process.availableMemory(),
): void {
  const needed = trainingBytes(analysis, batchSize)
  if (needed <= availableBytes) return
  const perImage = trainingBytes(analysis, 1) - trainingBytes(analysis, 0)
  const fitting = Math.floor((availableBytes - trainingBytes(analysis, 0)) / perImage)
  const fix = fitting >= 1 ? `Choose a batch of at most ${fitting}.` : 'Choose a smaller network.'
  throw new SignumError(
    'out_of_memory',
    `A batch of ${batchSize} needs about ${gibibytes(needed)} GiB, but ${gibibytes(availableBytes)} GiB are free. ${fix}`,
    { place: { field: 'settings.batchSize' } },
  )
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1)
}
