import type { EventName, EventOf } from '#shared/contract/events.ts'

type Listener = (payload: never) => void

/** Carries events from the parts of the host to whoever subscribed. */
export class EventHub {
  private readonly listeners = new Map<EventName, Set<Listener>>()

  emit<E extends EventName>(event: E, payload: EventOf<E>): void {
    for (const listener of this.listeners.get(event) ?? []) {
      try {
        ;(listener as (payload: EventOf<E>) => void)(payload)
      } catch (error) {
        // A window that cannot be told must not end the training it would have been told of.
        console.error(`A listener to ${event} failed:`, error)
      }
    }
  }

  /** @returns the way to stop listening. */
  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set<Listener>()
    this.listeners.set(event, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
}
