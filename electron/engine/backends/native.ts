import { availableParallelism } from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import { loadKernels } from '#electron/native/index.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { nativeOperations } from '../operations/native/operations.ts'
import { referenceOperations } from '../operations/reference.ts'
import { registerFastKernels } from '../storage/fast-kernels.ts'
import type { Backend } from './backend.ts'
import { kernelThreads } from './kernel-threads.ts'

/** Its name in TF.js's registry. */
const NAME = 'native'

/**
 * TF.js on typed arrays: our C++ kernels where they are compiled, and TF.js's own in JavaScript for the rest. Runs
 * wherever Node runs; without the kernels on one thread, many times slower than TensorFlow.
 *
 * @throws SignumError `backend_unavailable` when TF.js refuses it.
 */
export async function loadNative(threads = availableParallelism()): Promise<Backend> {
  // Its advice to install tfjs-node would come from an application that has just tried.
  tf.enableProdMode()
  const { version_cpu: version } = await import('@tensorflow/tfjs-backend-cpu')
  const { TypedArrayBackend } = await import('../storage/typed-array-backend.ts')
  if (!tf.engine().registryFactory[NAME]) {
    tf.copyRegisteredKernels('cpu', NAME)
    registerFastKernels(NAME)
    tf.registerBackend(NAME, () => new TypedArrayBackend())
  }
  if (!(await tf.setBackend(NAME))) {
    throw new SignumError('backend_unavailable', 'The backend "native" could not be started. Run "npm ci" again.')
  }
  const kernels = loadKernels()
  kernels?.setThreadCount(kernelThreads(threads))
  return {
    name: 'native',
    version: `TF.js ${version} on typed arrays`,
    kernels: kernels?.describe().instructionSet ?? null,
    threads: kernels ? threads : 1,
    operations: kernels
      ? nativeOperations(kernels, tf.backend() as InstanceType<typeof TypedArrayBackend>)
      : referenceOperations,
  }
}
