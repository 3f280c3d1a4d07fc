import type { Tensor } from '@tensorflow/tfjs-core'

/** Mean of a tensor's values, summed in double precision. */
export function meanOf(values: Tensor): number {
  const numbers = values.dataSync()
  let sum = 0
  for (const number of numbers) sum += number
  return sum / numbers.length
}

/** Where each row of class scores has its highest value, the first of equals. */
export function predictedClasses(logits: Tensor): Uint8Array {
  const [rows, width] = logits.shape as [number, number]
  const scores = logits.dataSync()
  return Uint8Array.from({ length: rows }, (_, row) => {
    let best = 0
    for (let column = 1; column < width; column++) {
      if (scores[row * width + column]! > scores[row * width + best]!) best = column
    }
    return best
  })
}

/** How many rows of class scores have their (first) highest value at the right class. */
export function countHits(logits: Tensor, classes: Int32Array): number {
  const predicted = predictedClasses(logits)
  return classes.reduce((hits, expected, row) => hits + Number(predicted[row] === expected), 0)
}
