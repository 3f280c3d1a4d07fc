/**
 * What `signum bench kernels --threads 1` measured: medians in 10⁹ multiply-accumulates a second. Float is
 * the faster of TensorFlow's kernel and ours; bits with the weights packed before, as in packed inference. The gain is
 * the median of the ratios within the rounds.
 */
export const MEASURED_ON = 'one thread of an AMD EPYC (Zen 4) held to AVX2'

export const MEASURED_LAYERS = [
  { name: 'LeNet, conv2', float: 46, packed: 394, gain: 8.3 },
  { name: '3×3, 64 channels, 56×56', float: 50, packed: 258, gain: 5.2 },
  { name: '3×3, 128 channels, 28×28', float: 50, packed: 402, gain: 7.9 },
  { name: '3×3, 256 channels, 14×14', float: 49, packed: 479, gain: 9.4 },
  { name: '3×3, 512 channels, 7×7', float: 39, packed: 516, gain: 12.2 },
] as const

/** Microseconds for one digit of `lenet-binary`, by `signum bench infer` and tests/bench/inference.ts. */
export const MEASURED_DIGIT = { packed: 49, floatKernels: 226, onnxRuntime: 172 } as const
