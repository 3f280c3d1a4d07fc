import type { RandomStream } from '../random.ts'

function fill(length: number, next: () => number): Float32Array {
  const values = new Float32Array(length)
  for (let index = 0; index < length; index++) values[index] = next()
  return values
}

/**
 * PyTorch's default for the weights and the bias of Conv2d and Linear: Kaiming uniform with a = √5, which is uniform
 * in ±1/√fanIn.
 */
export function kaimingUniform(random: RandomStream, length: number, fanIn: number): Float32Array {
  const bound = 1 / Math.sqrt(fanIn)
  return fill(length, () => (2 * random.uniform() - 1) * bound)
}

/** Normal with variance 2 / (fanIn + fanOut), as bitorch starts binary convolutions. */
export function xavierNormal(random: RandomStream, length: number, fanIn: number, fanOut: number): Float32Array {
  const deviation = Math.sqrt(2 / (fanIn + fanOut))
  return fill(length, () => random.normal() * deviation)
}
