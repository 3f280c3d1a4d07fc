import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { EVENTS, type EventName } from '#shared/contract/events.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { encodeFrame, MAX_REQUEST_BYTES, SOCKET_PATH } from '#shared/contract/wire.ts'
import type { Access } from './access.ts'
import { hasOwnHost, hasOwnOrigin } from './origin.ts'
import { PageConnection } from './page-connection.ts'

/** Windows and tabs of one person; more than this is a page gone wild. */
const MAX_CONNECTIONS = 16
const HEARTBEAT_MS = 30_000
const GOING_AWAY = 1001
const GOODBYE_MS = 1000

/** Points of live curves: a page that missed some asks for them again when it draws. */
const CHART_EVENTS: ReadonlySet<EventName> = new Set<EventName>(['run.steps', 'run.progress'])

export interface SocketsOptions {
  readonly lab: Lab
  readonly access: Access
  readonly port: () => number
}

/** All open pages. Takes upgrade requests, tells every page every event, and lets go of pages that went silent. */
export class Sockets {
  readonly #options: SocketsOptions
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES, perMessageDeflate: false })
  readonly #pages = new Map<WebSocket, PageConnection>()
  readonly #alive = new WeakSet<WebSocket>()
  readonly #subscriptions: (() => void)[]
  readonly #heartbeat: NodeJS.Timeout

  constructor(options: SocketsOptions) {
    this.#options = options
    this.#subscriptions = (Object.keys(EVENTS) as EventName[]).map((event) =>
      options.lab.subscribe(event, (payload) => this.#broadcast(event, payload)),
    )
    this.#heartbeat = setInterval(() => this.#checkAlive(), HEARTBEAT_MS).unref()
  }

  /** To be called for each `upgrade` of the HTTP server. Every guard comes before the first byte of the protocol. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const status = this.#judge(request)
    // The other end may be gone already; that must not end the lab.
    stream.on('error', () => stream.destroy())
    if (status !== null) {
      // Whoever was refused may not keep the connection, and with it the server, open by not closing its end.
      stream.once('finish', () => stream.destroy())
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#add(socket))
  }

  /** Says goodbye to every page and stops listening to the lab. */
  close(): void {
    clearInterval(this.#heartbeat)
    for (const unsubscribe of this.#subscriptions) unsubscribe()
    for (const socket of this.#pages.keys()) {
      socket.close(GOING_AWAY, 'Signum was closed.')
      // A frozen page never says goodbye back.
      setTimeout(() => socket.terminate(), GOODBYE_MS).unref()
    }
    this.#server.close()
  }

  /** The HTTP status that refuses this upgrade, or null. */
  #judge(request: IncomingMessage): string | null {
    const { access, port } = this.#options
    if (!hasOwnHost(request, port()) || !hasOwnOrigin(request)) return '403 Forbidden'
    if (!access.isCookie(request.headers.cookie, port())) return '401 Unauthorized'
    if (request.url !== SOCKET_PATH) return '404 Not Found'
    if (this.#pages.size >= MAX_CONNECTIONS) return '503 Service Unavailable'
    return null
  }

  #add(socket: WebSocket): void {
    this.#pages.set(socket, new PageConnection(socket, this.#options.lab))
    this.#alive.add(socket)
    socket.on('pong', () => this.#alive.add(socket))
    socket.on('close', () => this.#pages.delete(socket))
  }

  #broadcast(event: EventName, payload: unknown): void {
    if (this.#pages.size === 0) return
    const frame = encodeFrame({ type: 'event', event, payload })
    for (const page of this.#pages.values()) page.sendEvent(frame, CHART_EVENTS.has(event))
  }

  #checkAlive(): void {
    for (const socket of this.#pages.keys()) {
      if (!this.#alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }
}
