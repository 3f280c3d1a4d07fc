import { availableParallelism } from 'node:os'
import { SignumError } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from './backend.ts'
import { loadNative } from './native.ts'
import { loadTensorflow } from './tensorflow.ts'

/**
 * Loads the backend that the settings ask for; `auto` takes TensorFlow where it loads.
 *
 * @param threads null for one per core.
 * @throws SignumError `backend_unavailable`.
 */
export async function selectBackend(
  choice: TrainingSettings['backend'],
  threads: TrainingSettings['threads'],
): Promise<Backend> {
  const count = threads ?? availableParallelism()
  if (choice === 'native') return loadNative(count)
  try {
    return await loadTensorflow(count)
  } catch (error) {
    if (choice === 'auto' && error instanceof SignumError && error.code === 'backend_unavailable') {
      return loadNative(count)
    }
    throw error
  }
}
