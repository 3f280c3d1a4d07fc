import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import { referenceOperations } from '../operations/reference.ts'
import type { Backend } from './backend.ts'

/**
 * TF.js's own kernels on typed arrays: runs wherever Node runs, on one thread, many times slower than TensorFlow.
 *
 * @throws SignumError `backend_unavailable` when TF.js refuses it.
 */
export async function loadNative(): Promise<Backend> {
  // Its advice to install tfjs-node would come from an application that has just tried.
  tf.enableProdMode()
  const { version_cpu: version } = await import('@tensorflow/tfjs-backend-cpu')
  if (!(await tf.setBackend('cpu'))) {
    throw new SignumError('backend_unavailable', 'The backend "native" could not be started. Run "npm ci" again.')
  }
  return {
    name: 'native',
    version: `TF.js ${version} on typed arrays`,
    kernels: null,
    threads: 1,
    operations: referenceOperations,
  }
}
