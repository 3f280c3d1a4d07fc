import * as activations from './activations.ts'
import { adam } from './adam.ts'
import { batchNormalisation, normalisation } from './batch-normalisation.ts'
import { binarize } from './binarize.ts'
import { binaryConvolutionWith } from './binary-convolution.ts'
import { convolutionWith, referenceBias } from './convolution.ts'
import { crossEntropy } from './cross-entropy.ts'
import { binaryDenseWith, denseWith } from './dense.ts'
import type { Operations } from './operation.ts'
import { averagePooling, maxPooling } from './pooling.ts'

const convolution = convolutionWith(referenceBias)
const dense = denseWith(referenceBias)

/** Every operation composed of TF.js's own, for any of its backends: slow, clear, and what faster ones are tested by. */
export const referenceOperations: Operations = {
  binarize,
  convolution,
  binaryConvolution: binaryConvolutionWith(convolution),
  dense,
  binaryDense: binaryDenseWith(dense),
  batchNormalisation,
  normalisation,
  ...activations,
  maxPooling,
  averagePooling,
  crossEntropy,
  adam,
  fused: null,
}
