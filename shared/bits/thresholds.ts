import { createBitMatrix, setBit, type BitMatrix } from './layout.ts'

/**
 * Batch normalisation and sign as one comparison a channel: the bit is `(x >= values[c]) !== inverted[c]`.
 *
 * A rising channel (gamma > 0) has `inverted = 0`. A falling one (gamma < 0) is 1 up to and including some x, so 0 from
 * the next x on: `inverted = 1`. A constant one (gamma = 0) has the threshold -Infinity, which every x reaches.
 */
export interface Thresholds {
  readonly values: Float32Array
  readonly inverted: Uint8Array
}

/** Bits of `rows · channels` values. */
export function applyThresholds(values: ArrayLike<number>, rows: number, thresholds: Thresholds): BitMatrix {
  const channels = thresholds.values.length
  const bits = createBitMatrix(rows, channels)
  for (let row = 0; row < rows; row++)
    for (let channel = 0; channel < channels; channel++) {
      const reached = values[row * channels + channel]! >= thresholds.values[channel]!
      setBit(bits, row, channel, reached !== (thresholds.inverted[channel] === 1))
    }
  return bits
}

/** Where a channel's function of one number, which rises, falls or is constant, is not negative. */
export type ChannelFunction = (x: number, channel: number) => number

/**
 * Thresholds that give exactly the bits `evaluate(x, c) >= 0` for every 32-bit float x, ties and rounding included: the
 * boundary is found by halving the ordered list of all floats with the very arithmetic that is to be replaced. That
 * arithmetic may round, but must be monotone in x, as rounded products and sums with constants are.
 */
export function findThresholds(channels: number, evaluate: ChannelFunction): Thresholds {
  const values = new Float32Array(channels)
  const inverted = new Uint8Array(channels)
  for (let channel = 0; channel < channels; channel++) {
    const atLowest = evaluate(floatAt(LOWEST), channel) >= 0
    const atHighest = evaluate(floatAt(HIGHEST), channel) >= 0
    inverted[channel] = atLowest ? 1 : 0
    values[channel] =
      atLowest === atHighest
        ? Infinity
        : floatAt(firstOrder((order) => evaluate(floatAt(order), channel) >= 0 !== atLowest))
    if (atLowest && atHighest) [values[channel], inverted[channel]] = [-Infinity, 0]
  }
  return { values, inverted }
}

/** Places of -FLT_MAX and FLT_MAX in the order of all finite floats, 0 being +0 and -1 being -0. */
const HIGHEST = 0x7f7fffff
const LOWEST = -0x7f800000

const orderBits = new Int32Array(1)
const orderFloat = new Float32Array(orderBits.buffer)

function floatAt(order: number): number {
  orderBits[0] = order >= 0 ? order : -1 - order
  return order >= 0 ? orderFloat[0]! : -orderFloat[0]!
}

/** The first place at which a condition holds that, once true, stays true; it holds at `HIGHEST`. */
function firstOrder(holds: (order: number) => boolean): number {
  let below = LOWEST
  let at = HIGHEST
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2)
    if (holds(middle)) at = middle
    else below = middle
  }
  return at
}
