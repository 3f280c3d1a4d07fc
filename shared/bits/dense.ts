import { dotRows } from './dot.ts'
import type { BitMatrix } from './layout.ts'

/** Binary dense layer without bias: every row of `inputs` with every row of `weights`; images by outputs. */
export function binaryDense(inputs: BitMatrix, weights: BitMatrix): Float32Array {
  const outputs = new Float32Array(inputs.rows * weights.rows)
  for (let image = 0; image < inputs.rows; image++)
    for (let output = 0; output < weights.rows; output++)
      outputs[image * weights.rows + output] = dotRows(inputs, image, weights, output)
  return outputs
}
