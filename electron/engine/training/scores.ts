import type { Tensor } from '@tensorflow/tfjs-core'

/** Mean of a tensor's values, summed in double precision. */
export function meanOf(values: Tensor): number {
  const numbers = values.dataSync()
  let sum = 0
  for (const number of numbers) sum += number
  return sum / numbers.length
}

/** How many rows of class scores have their (first) highest value at the right class. */
export function countHits(logits: Tensor, classes: Int32Array): number {
  const scores = logits.dataSync()
  const width = scores.length / classes.length
  let hits = 0
  for (const [row, expected] of classes.entries()) {
    let best = 0
    for (let column = 1; column < width; column++) {
      if (scores[row * width + column]! > scores[row * width + best]!) best = column
    }
    if (best === expected) hits += 1
  }
  return hits
}
