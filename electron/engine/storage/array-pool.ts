export type PooledArray = Float32Array | Uint8Array

/** Smaller arrays are cheaper to make than to keep. */
const SMALLEST_BYTES = 16 * 1024
/** Enough for a few training steps of the networks that fit the lab. */
const MOST_BYTES = 512 * 2 ** 20

/**
 * Arrays that come back when their tensor is freed: new memory of megabytes costs more time, page by page, than many
 * of the operations that fill it.
 */
export class ArrayPool {
  readonly #free = new Map<string, PooledArray[]>()
  readonly #own = new WeakSet<ArrayBufferLike>()
  #bytes = 0

  /** An array of this length; its values are whatever was there before. */
  take<T extends PooledArray>(kind: new (length: number) => T, length: number): T {
    const kept = this.#free.get(keyOf(kind.name, length))?.pop()
    if (kept) {
      this.#bytes -= kept.byteLength
      return kept as T
    }
    const made = new kind(length)
    this.#own.add(made.buffer)
    return made
  }

  /** Whether the memory was handed out by `take`. */
  owns(array: ArrayBufferView): boolean {
    return this.#own.has(array.buffer)
  }

  /** The array may be handed out again: nobody may hold it any more. */
  giveBack(array: PooledArray): void {
    if (array.byteLength < SMALLEST_BYTES) return
    if (this.#bytes + array.byteLength > MOST_BYTES) this.#forgetAll()
    const key = keyOf(array.constructor.name, array.length)
    const sameSize = this.#free.get(key)
    if (sameSize) sameSize.push(array)
    else this.#free.set(key, [array])
    this.#bytes += array.byteLength
  }

  /** Most of what is kept then has sizes that are no longer asked for. */
  #forgetAll(): void {
    this.#free.clear()
    this.#bytes = 0
  }
}

function keyOf(kind: string, length: number): string {
  return `${kind} ${length}`
}
