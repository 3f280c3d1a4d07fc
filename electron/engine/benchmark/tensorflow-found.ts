import { SignumError } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from '../backends/backend.ts'
import { loadTensorflow } from '../backends/tensorflow.ts'
import type { TensorflowMeasured } from './messages.ts'

/** TensorFlow, or why it is not measured. */
export interface TensorflowFound extends TensorflowMeasured {
  readonly backend: Backend | null
}

/**
 * Loads TensorFlow where it is wanted and there.
 *
 * @throws SignumError `backend_unavailable` when `choice` insists on it.
 */
export async function findTensorflow(choice: TrainingSettings['backend'], threads: number): Promise<TensorflowFound> {
  if (choice === 'native') return without('The backend "native" was chosen.')
  try {
    const backend = await loadTensorflow(threads)
    return { backend, version: backend.version, missing: null }
  } catch (error) {
    if (choice === 'auto' && error instanceof SignumError && error.code === 'backend_unavailable') {
      return without(error.message)
    }
    throw error
  }
}

function without(missing: string): TensorflowFound {
  return { backend: null, version: null, missing }
}
