import { fromErrorMessage, type SignumError } from '#shared/contract/errors.ts'
import type { EventName, EventOf } from '#shared/contract/events.ts'
import type { Method, RequestOf, ResponseOf } from '#shared/contract/methods.ts'
import { decodeReply, encodeFrame, MAX_REQUEST_BYTES, type ReplyFrame } from '#shared/contract/wire.ts'
import type { ConnectionState, LabConnection } from './connection.ts'
import { disconnected, lost, refused, tooLarge, unreachable } from './failures.ts'
import { Listeners } from './listeners.ts'

export interface SocketOptions {
  /** Starts a WebSocket to the lab. */
  readonly open: () => WebSocket
  /** False where the lab answers but does not accept this page any more; rejects where it does not answer. */
  readonly isAccepted: () => Promise<boolean>
  /** Waits before the tries after a lost connection; the last one repeats. */
  readonly retryDelaysMs?: readonly number[]
}

interface PendingRequest {
  readonly method: Method
  readonly frame: Uint8Array<ArrayBuffer>
  readonly resolve: (output: unknown) => void
  readonly reject: (error: SignumError) => void
  /** False while it waits for the connection. */
  sent: boolean
}

const RETRY_DELAYS_MS = [100, 500, 1000, 2000, 5000]
const STATE = 'state'

/**
 * The lab over a WebSocket that may break: requests made while it opens wait for it, requests under way when it breaks
 * are rejected (they may or may not have taken effect, so they are never repeated), and listeners go on with the next
 * connection. The lab sends every event to every page, so nothing has to be subscribed again.
 */
export class SocketConnection implements LabConnection {
  readonly #options: SocketOptions
  readonly #events = new Listeners()
  readonly #states = new Listeners()
  readonly #pending = new Map<number, PendingRequest>()
  #state: ConnectionState = 'connecting'
  #socket: WebSocket | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #lastId = 0
  #closed = false

  constructor(options: SocketOptions) {
    this.#options = options
    this.#connect()
  }

  get state(): ConnectionState {
    return this.#state
  }

  request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#closed) throw disconnected('This window is no longer connected to the lab. Reload it.')
      if (this.#state === 'refused') throw refused()
      const id = ++this.#lastId
      const frame = encodeFrame({ type: 'request', id, method, input })
      if (frame.byteLength > MAX_REQUEST_BYTES) throw tooLarge(method, frame.byteLength)
      const pending = { method, frame, resolve, reject, sent: false }
      this.#pending.set(id, pending)
      if (this.#socket?.readyState === WebSocket.OPEN) this.#send(pending)
      // Someone is waiting: do not sit out the pause between two tries.
      else if (!this.#socket) this.#connect()
    }) as Promise<ResponseOf<M>>
  }

  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    return this.#events.add(event, listener)
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(STATE, listener)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#socket?.close()
    this.#rejectPending(() => disconnected('The window was disconnected from the lab.'))
  }

  #connect(): void {
    clearTimeout(this.#retry)
    const socket = this.#options.open()
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    socket.addEventListener('open', () => this.#onOpen())
    socket.addEventListener('message', ({ data }) => this.#onMessage(socket, data))
    socket.addEventListener('close', () => void this.#onClose())
  }

  #onOpen(): void {
    this.#failures = 0
    this.#setState('online')
    for (const pending of this.#pending.values()) this.#send(pending)
  }

  #onMessage(socket: WebSocket, data: unknown): void {
    let frame: ReplyFrame
    try {
      if (!(data instanceof ArrayBuffer)) throw new TypeError('The lab sent text; it speaks MessagePack.')
      frame = decodeReply(new Uint8Array(data))
    } catch (error) {
      // The two ends do not understand each other; nothing that follows could be trusted.
      reportError(error)
      socket.close()
      return
    }
    if (frame.type === 'event') this.#events.call(frame.event, frame.payload)
    else this.#settle(frame)
  }

  #settle(frame: Exclude<ReplyFrame, { type: 'event' }>): void {
    const pending = this.#pending.get(frame.id)
    if (!pending) return
    this.#pending.delete(frame.id)
    if (frame.type === 'response') pending.resolve(frame.output)
    else pending.reject(fromErrorMessage(frame.error))
  }

  async #onClose(): Promise<void> {
    const wasOnline = this.#state === 'online'
    this.#socket = null
    this.#rejectPending(({ method, sent }) => (sent ? lost(method) : unreachable(method)))
    if (this.#closed) return
    this.#setState('offline')
    const refused = !wasOnline && !(await this.#mayRetry())
    // Meanwhile a request may have started a connection of its own.
    if (this.#socket || this.#closed) return
    if (refused) return this.#setState('refused')
    const delays = this.#options.retryDelaysMs ?? RETRY_DELAYS_MS
    this.#retry = setTimeout(() => this.#connect(), delays[Math.min(this.#failures++, delays.length - 1)])
  }

  async #mayRetry(): Promise<boolean> {
    try {
      return await this.#options.isAccepted()
    } catch {
      // Nobody answers, which is what trying again is for.
      return true
    }
  }

  #send(pending: PendingRequest): void {
    pending.sent = true
    this.#socket?.send(pending.frame)
  }

  #rejectPending(reason: (pending: PendingRequest) => SignumError): void {
    const all = [...this.#pending.values()]
    this.#pending.clear()
    for (const pending of all) pending.reject(reason(pending))
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return
    this.#state = state
    this.#states.call(STATE, state)
  }
}
