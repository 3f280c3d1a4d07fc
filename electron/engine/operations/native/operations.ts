import type { Kernels } from '#electron/native/kernels.ts'
import type { TypedArrayBackend } from '../../storage/typed-array-backend.ts'
import { normalisations } from '../kernels/normalisation.ts'
import { binaryOperations, floatOperations } from '../kernels/weighted.ts'
import type { Operations } from '../operation.ts'
import { referenceOperations } from '../reference.ts'
import { nativeConvolutions } from './convolutions.ts'
import { nativeElementwise } from './elementwise.ts'
import { nativeGlobalPooling } from './global-pooling.ts'
import { nativeNormalisations } from './normalisations.ts'
import { nativePadding } from './padding.ts'
import { nativeClippedQuantisation } from './pact.ts'
import { nativePooling } from './pooling.ts'
import { nativeRectifier } from './rectifier.ts'
import { nativeUpdates } from './updates.ts'

/** Our C++ kernels on typed arrays, and TF.js's own in JavaScript for the rest. */
export function nativeOperations(kernels: Kernels, storage: TypedArrayBackend): Operations {
  const { normalisation, ...training } = nativeNormalisations(kernels, storage)
  const tensorKernels = { ...nativeConvolutions(kernels, storage), ...training }
  const { batchNormalisation, ...fusedNormalisations } = normalisations(tensorKernels)
  const { binarizedConvolution, binarizedDense, ...binary } = binaryOperations(tensorKernels)
  return {
    ...referenceOperations,
    ...floatOperations(tensorKernels, referenceOperations.convolution),
    ...binary,
    ...nativeElementwise(kernels, storage),
    ...nativeUpdates(kernels, storage),
    ...nativePooling(kernels, storage),
    rectifier: nativeRectifier(kernels, storage),
    clippedQuantisation: nativeClippedQuantisation(storage),
    padding: nativePadding(storage),
    globalAveragePooling: nativeGlobalPooling(kernels, storage),
    batchNormalisation,
    normalisation,
    fused: { binarizedConvolution, binarizedDense, ...fusedNormalisations },
  }
}
