import type { FusedOperations, Operations } from '../operation.ts'
import type { TensorKernels } from './tensor-kernels.ts'

/** Batch normalisation with what follows it in the same pass. */
export function normalisations(
  kernels: TensorKernels,
): Pick<Operations, 'batchNormalisation'> &
  Pick<FusedOperations, 'normalisedTanh' | 'normalisedPooling' | 'normalisedTanhPooling'> {
  const { batchNormalisation, pooledBatchNormalisation } = kernels
  return {
    batchNormalisation: (x, scale, shift, epsilon) => batchNormalisation(x, scale, shift, epsilon, false),
    normalisedTanh: (x, scale, shift, epsilon) => batchNormalisation(x, scale, shift, epsilon, true),
    normalisedPooling: (x, scale, shift, epsilon) => pooledBatchNormalisation(x, scale, shift, epsilon, false),
    normalisedTanhPooling: (x, scale, shift, epsilon) => pooledBatchNormalisation(x, scale, shift, epsilon, true),
  }
}
