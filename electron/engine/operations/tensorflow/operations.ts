import { binaryConvolutionWith } from '../binary-convolution.ts'
import { convolutionWith } from '../convolution.ts'
import { binaryDenseWith, denseWith } from '../dense.ts'
import { groupedConvolutionWith } from '../grouped-convolution.ts'
import type { Operations } from '../operation.ts'
import { referenceOperations } from '../reference.ts'
import { fusedActivations } from './activations.ts'
import { fusedBatchNormalisation } from './batch-normalisation.ts'
import { fusedBias } from './bias.ts'
import { fusedCrossEntropy } from './cross-entropy.ts'
import { onednnMaxPooling } from './max-pooling.ts'
import type { Executor } from './executor.ts'

/** The reference with TensorFlow's fused kernels in place of what TF.js composes slowly. */
export function tensorflowOperations(executor: Executor): Operations {
  const bias = fusedBias(executor)
  const convolution = groupedConvolutionWith(convolutionWith(bias))
  const dense = denseWith(bias)
  return {
    ...referenceOperations,
    ...fusedActivations(executor),
    ...fusedBatchNormalisation(executor),
    convolution,
    dense,
    binaryConvolution: binaryConvolutionWith(convolution),
    binaryDense: binaryDenseWith(dense),
    maxPooling: onednnMaxPooling(executor) ?? referenceOperations.maxPooling,
    crossEntropy: fusedCrossEntropy(executor),
  }
}
