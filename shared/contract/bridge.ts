import type { ErrorMessage } from './errors.ts'
import type { EventName } from './events.ts'

/** The end of a request as plain data: a thrown error would lose its code on the way between processes. */
export type Outcome =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: ErrorMessage }

/** What the preload script puts on `window.lab`, and all that the page of the desktop shell can reach. */
export interface LabBridge {
  request(method: string, input: unknown): Promise<Outcome>
  /** Calls `listener` with every payload of this event; returns the way to stop. */
  subscribe(event: string, listener: (payload: unknown) => void): () => void
}

/** The channel that carries requests from the preload script to the shell. */
export const REQUEST_CHANNEL = 'lab:request'

/** The channel that carries one kind of event the other way. */
export function eventChannel(event: EventName): string {
  return `lab:event:${event}`
}
