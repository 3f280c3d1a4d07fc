import { describeKernels, loadKernels } from '#electron/native/index.ts'
import type { Kernels } from '#electron/native/kernels.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { kernelThreads } from '../backends/kernel-threads.ts'

/**
 * Our C++ kernels, set to so many threads.
 *
 * @throws SignumError `backend_unavailable` where they are not compiled.
 */
export function requireKernels(threads: number): Kernels {
  const kernels = loadKernels()
  if (kernels === null) {
    const description = describeKernels()
    const reason = description.kind === 'reference' ? description.reason : ''
    throw new SignumError('backend_unavailable', `There is nothing to measure without the C++ kernels. ${reason}`)
  }
  kernels.setThreadCount(kernelThreads(threads))
  return kernels
}
