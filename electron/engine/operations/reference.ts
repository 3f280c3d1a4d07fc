import * as activations from './activations.ts'
import { adam } from './adam.ts'
import { areFinite } from './finite.ts'
import { batchNormalisation, normalisation } from './batch-normalisation.ts'
import { binarize } from './binarize.ts'
import { binaryConvolutionWith } from './binary-convolution.ts'
import { convolutionWith, referenceBias } from './convolution.ts'
import { crossEntropy } from './cross-entropy.ts'
import { binaryDenseWith, denseWith } from './dense.ts'
import { groupedConvolutionWith } from './grouped-convolution.ts'
import { descend } from './descend.ts'
import { flip } from './flip.ts'
import type { Operations } from './operation.ts'
import { clippedQuantisation } from './pact.ts'
import { padding } from './padding.ts'
import { averagePooling, globalAveragePooling, maxPooling } from './pooling.ts'
import { rectifier } from './rectifier.ts'
import { packSigns } from './signs.ts'
import { add } from './sum.ts'

const convolution = groupedConvolutionWith(convolutionWith(referenceBias))
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
  add,
  rectifier,
  clippedQuantisation,
  padding,
  maxPooling,
  averagePooling,
  globalAveragePooling,
  crossEntropy,
  packSigns,
  areFinite,
  adam,
  descend,
  flip,
  fused: null,
}
