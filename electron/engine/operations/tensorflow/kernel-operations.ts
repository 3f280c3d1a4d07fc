import * as tf from '@tensorflow/tfjs-core'
import { adamCorrections } from '../adam.ts'
import { signOf } from '../binarize.ts'
import { inputGradient } from '../convolution.ts'
import { normalisations } from '../kernels/normalisation.ts'
import type { Window } from '../kernels/tensor-kernels.ts'
import { binaryOperations, floatOperations } from '../kernels/weighted.ts'
import type { Operations } from '../operation.ts'
import { cropImage } from '../padding.ts'
import type { Executor } from './executor.ts'
import { tensorflowKernels } from './kernels.ts'
import { fusedRectifier } from './rectifier.ts'

/**
 * Our C++ kernels inside TensorFlow, in place of what they do faster. TensorFlow keeps sign, tanh, dense layers with
 * 32-bit weights and the gradient of a convolution's input: at LeNet's shapes ours are as fast or slower.
 */
export function kernelOperations(executor: Executor, own: Operations): Operations {
  const kernels = tensorflowKernels(executor)
  const { batchNormalisation, ...fusedNormalisations } = normalisations(kernels)
  const { binarizedConvolution, binarizedDense, ...binary } = binaryOperations(kernels)
  const { convolution } = floatOperations(
    {
      ...kernels,
      convolutionInputGradient: (dy, weight, x, window) =>
        (isOneGroup(weight, x) ? convolutionInputGradient : kernels.convolutionInputGradient)(dy, weight, x, window),
    },
    own.convolution,
  )
  return {
    ...own,
    ...binary,
    convolution,
    batchNormalisation,
    normalisation: normalisation(executor),
    binarize: fusedBinarize(executor),
    rectifier: fusedRectifier(executor),
    adam: fusedAdam(executor),
    packSigns: packSigns(executor),
    fused: { binarizedConvolution, binarizedDense, ...fusedNormalisations },
  }
}

const isOneGroup = (weight: tf.Tensor, x: tf.Tensor) => weight.shape[2] === x.shape[3]

function convolutionInputGradient(dy: tf.Tensor, weight: tf.Tensor, x: tf.Tensor, { stride, padding }: Window) {
  const [count, height, width, channels] = x.shape as [number, number, number, number]
  const padded = [count, height + 2 * padding, width + 2 * padding, channels]
  return tf.tidy(() => cropImage(inputGradient(dy, weight, padded, stride), padding))
}

/** Folded and rounded as the packed plan does it, so that both have the same bits. */
function normalisation(executor: Executor): Operations['normalisation'] {
  return (x, scale, shift, { mean, variance }, epsilon) =>
    executor.run('SignumBatchNormEvaluation', [executor.float('epsilon', epsilon)], x, scale, shift, mean, variance)
}

function fusedBinarize(executor: Executor): Operations['binarize'] {
  return (input, threshold) => ({
    output: signOf(input),
    gradient: (upstream) =>
      threshold === null
        ? upstream.clone()
        : executor.run('SignumCancel', [executor.float('threshold', threshold)], input, upstream),
  })
}

/** Packed before they are read out: TF.js copies what it reads, and bits are a 32nd of it. */
function packSigns(executor: Executor): Operations['packSigns'] {
  return (values, halves) => {
    const packed = executor.run('SignumPackSigns', [], values)
    halves.set(packed.dataSync())
    packed.dispose()
  }
}

/** One pass over weight, moments and gradient instead of a dozen. */
function fusedAdam(executor: Executor): Operations['adam'] {
  return (weight, gradient, moments, coefficients, clip) =>
    tf.tidy(() => {
      const { beta1, beta2, epsilon } = coefficients
      const { stepSize, rootCorrection } = adamCorrections(coefficients)
      // As a tensor, because TensorFlow would keep a kernel for every value of an attribute.
      const values = [beta1, beta2, 1 - beta1, 1 - beta2, stepSize, rootCorrection, epsilon, clip ?? Infinity]
      const factors = tf.tensor1d(values)
      const inputs = [weight, moments.first, moments.second, gradient, factors]
      const [moved, first, second] = executor.runMultiple('SignumAdam', [], inputs, 3)
      weight.assign(moved!)
      moments.first.assign(first!)
      moments.second.assign(second!)
    })
}
