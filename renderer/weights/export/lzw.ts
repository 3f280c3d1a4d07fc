/** Codes of GIF's LZW grow to this many bits. */
const MOST_BITS = 12

/** Bits written from the lowest of each byte up. */
class BitWriter {
  readonly bytes: number[] = []
  #pending = 0
  #count = 0

  write(code: number, bits: number): void {
    this.#pending |= code << this.#count
    this.#count += bits
    while (this.#count >= 8) {
      this.bytes.push(this.#pending & 255)
      this.#pending >>>= 8
      this.#count -= 8
    }
  }

  end(): void {
    if (this.#count > 0) this.bytes.push(this.#pending & 255)
  }
}

/**
 * GIF's LZW (GIF89a, appendix F) of indexes into a palette of 2^depth colours.
 *
 * @param depth bits of an index, at least 2.
 */
export function compressIndexes(indexes: Uint8Array, depth: number): Uint8Array {
  const clear = 1 << depth
  const end = clear + 1
  const writer = new BitWriter()
  /** Code of a known string followed by one more index. */
  let longer = new Map<number, number>()
  let next = end + 1
  let bits = depth + 1
  writer.write(clear, bits)
  let current = -1
  for (const index of indexes) {
    if (current < 0) {
      current = index
      continue
    }
    const key = (current << 8) | index
    const known = longer.get(key)
    if (known !== undefined) {
      current = known
      continue
    }
    writer.write(current, bits)
    if (next < 1 << MOST_BITS) {
      // The reader learns a code one step later, so codes grow when the one just made no longer fits.
      if (next === 1 << bits) bits += 1
      longer.set(key, next++)
    } else {
      writer.write(clear, bits)
      longer = new Map()
      next = end + 1
      bits = depth + 1
    }
    current = index
  }
  if (current >= 0) writer.write(current, bits)
  // What the reader has learnt with the last code may have made its codes grow.
  if (next === 1 << bits && bits < MOST_BITS) bits += 1
  writer.write(end, bits)
  writer.end()
  return Uint8Array.from(writer.bytes)
}
