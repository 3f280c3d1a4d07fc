const view = new DataView(new ArrayBuffer(8))
const LOW = 4

/**
 * a · b + c rounded once to a 32-bit float, as the kernels' fused multiply-add rounds. The product of two floats is exact
 * in a double, but the sum is rounded to a double first, and twice rounded can be wrongly rounded: so that double is
 * made odd where it is not exact (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms
 * using rounding to odd", 2008).
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  // What the addition lost, exactly (Knuth's two-sum).
  const added = sum - product
  const lost = product - (sum - added) + (c - added)
  return Math.fround(lost === 0 || !Number.isFinite(sum) ? sum : madeOdd(sum, lost > 0))
}

/** The neighbour on the side of the exact value, where the last bit of `sum` is 0. */
function madeOdd(sum: number, isMore: boolean): number {
  view.setFloat64(0, sum)
  const low = view.getUint32(LOW)
  if (low % 2 === 1) return sum
  if (sum > 0 === isMore) {
    view.setUint32(LOW, low + 1)
  } else {
    // Borrows from the upper half where there is nothing to take away.
    if (low === 0) view.setUint32(0, view.getUint32(0) - 1)
    view.setUint32(LOW, low - 1)
  }
  return view.getFloat64(0)
}
