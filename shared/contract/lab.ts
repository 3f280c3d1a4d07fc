import type { EventName, EventOf } from './events.ts'
import type { Method, RequestOf, ResponseOf } from './methods.ts'

/**
 * The lab as its clients see it: the window through the preload bridge or a WebSocket, the CLI directly.
 */
export interface Lab {
  /** Answers one request. Rejects with `SignumError`. */
  request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>>
  /** Calls `listener` for every event of this name; returns the way to stop. */
  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void
}
