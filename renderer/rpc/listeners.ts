/** Listeners by topic. A listener that throws is reported and does not keep the others from hearing. */
export class Listeners {
  readonly #byTopic = new Map<string, Set<(payload: never) => void>>()

  /** Returns the way to stop. The same function added twice is called twice. */
  add<Payload>(topic: string, listener: (payload: Payload) => void): () => void {
    const own = (payload: Payload) => listener(payload)
    const set = this.#byTopic.get(topic) ?? new Set()
    this.#byTopic.set(topic, set.add(own))
    return () => set.delete(own)
  }

  call(topic: string, payload: unknown): void {
    for (const listener of [...(this.#byTopic.get(topic) ?? [])]) {
      try {
        listener(payload as never)
      } catch (error) {
        reportError(error)
      }
    }
  }
}
