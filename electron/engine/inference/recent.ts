/** What a cache gives back when it forgets it. */
export interface Disposable {
  dispose(): void
}

/** Values that are slow to make, by name; the least recently used of them are disposed of. */
export class RecentlyUsed<Value extends Disposable> {
  readonly #limit: number
  readonly #values = new Map<string, Promise<Value>>()

  /** @param limit values that are kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The value of this name, made if it is not there. What could not be made is not kept. */
  async get(name: string, make: () => Promise<Value>): Promise<Value> {
    const making = this.#values.get(name) ?? make()
    this.#values.delete(name)
    this.#values.set(name, making)
    try {
      const value = await making
      await this.#forgetOldest()
      return value
    } catch (error) {
      this.#values.delete(name)
      throw error
    }
  }

  async #forgetOldest(): Promise<void> {
    for (const [name, making] of this.#values) {
      if (this.#values.size <= this.#limit) return
      this.#values.delete(name)
      // One that fails is told to those who wait for it.
      await making.then(
        (value) => value.dispose(),
        () => {},
      )
    }
  }
}
