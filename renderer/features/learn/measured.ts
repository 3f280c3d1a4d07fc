/**
 * What `signum bench kernels --threads 1` measured: medians in 10⁹ multiply-accumulates a second. Float is
 * the faster of TensorFlow's kernel and ours; bits with the weights packed before, as in packed inference. The gain is
 * the median of the ratios within the rounds.
 */
export const MEASURED_ON = 'one thread of an AMD EPYC (Zen 4) held to AVX2'

export const MEASURED_LAYERS = [
  { name: 'LeNet, conv2', float: 49, packed: 402, gain: 8.2 },
  { name: '3×3, 64 channels, 56×56', float: 52, packed: 271, gain: 5.2 },
  { name: '3×3, 128 channels, 28×28', float: 52, packed: 399, gain: 7.7 },
  { name: '3×3, 256 channels, 14×14', float: 52, packed: 485, gain: 9.3 },
  { name: '3×3, 512 channels, 7×7', float: 48, packed: 530, gain: 11.1 },
] as const

/** Microseconds for one digit of `lenet-binary`, by `signum bench infer` and tests/bench/inference.ts. */
export const MEASURED_DIGIT = { packed: 45, floatKernels: 207, onnxRuntime: 156 } as const
