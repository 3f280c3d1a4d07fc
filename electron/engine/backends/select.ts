import { availableParallelism } from 'node:os'
import { loadKernels } from '#electron/native/index.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from './backend.ts'
import { loadNative } from './native.ts'
import { preferredBackend } from './preferred.ts'
import { loadTensorflow } from './tensorflow.ts'

/**
 * Loads the backend that the settings ask for. `auto` takes the one that was faster on this machine, TensorFlow where
 * nobody measured, and the other one where that cannot be had.
 *
 * @param threads null for one per core.
 * @param preferred what `auto` tries first.
 * @throws SignumError `backend_unavailable`.
 */
export async function selectBackend(
  choice: TrainingSettings['backend'],
  threads: TrainingSettings['threads'],
  preferred: Backend['name'] = preferredBackend(),
): Promise<Backend> {
  const count = threads ?? availableParallelism()
  if (choice === 'native') return loadNative(count)
  // Without its kernels ours is the slower one, whatever was measured when they were there.
  if (choice === 'auto' && preferred === 'native' && loadKernels()) return loadNative(count)
  try {
    return await loadTensorflow(count)
  } catch (error) {
    if (choice === 'auto' && error instanceof SignumError && error.code === 'backend_unavailable') {
      return loadNative(count)
    }
    throw error
  }
}
