import type { Lab } from '#shared/contract/lab.ts'

/**
 * `connecting` until the first answer; `offline` while the lab cannot be reached and is tried again; `refused` once
 * this page's address is no longer valid, which only a new address from the lab can end.
 */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'refused'

/** The lab over one transport, with the health of that transport. */
export interface LabConnection extends Lab {
  readonly state: ConnectionState
  /**
   * Calls `listener` whenever the state changes; returns the way to stop. After a time offline events have been
   * missed: what is shown must be asked for again on `online`.
   */
  onState(listener: (state: ConnectionState) => void): () => void
  /** Ends the connection for good and rejects what is still unanswered. */
  close(): void
}
