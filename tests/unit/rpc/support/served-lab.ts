import { WebSocket as NodeWebSocket } from 'ws'
import type { PageBundle } from '#electron/host/page/bundle.ts'
import { serveLab, type LabServer } from '#electron/server/server.ts'
import { SOCKET_PATH } from '#shared/contract/wire.ts'
import { SocketConnection } from '../../../../renderer/rpc/socket.ts'
import type { MemoryLab } from '../../../fixtures/memory-lab.ts'

/** Enters with the token of the printed address, as a browser does, and returns the cookie it would keep. */
export async function enter(server: LabServer): Promise<string> {
  const response = await fetch(server.url, { redirect: 'manual' })
  return response.headers.getSetCookie()[0]!.split(';')[0]!
}

/** A page's WebSocket, with the headers that only a browser sets by itself. */
export function pageSocket(port: number, cookie: string): WebSocket {
  const socket = new NodeWebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}`, {
    headers: { Cookie: cookie, Origin: `http://127.0.0.1:${port}` },
  })
  // A browser's socket reports no errors that nobody listens to; this one would.
  socket.on('error', () => {})
  return socket as unknown as WebSocket
}

/** A real server on a free port with a page connected to it. */
export class ServedLab {
  readonly #lab: MemoryLab
  server!: LabServer
  cookie = ''
  /** How often the page has tried to connect. */
  tries = 0
  accepted = true

  constructor(lab: MemoryLab) {
    this.#lab = lab
  }

  async start(port = 0, bundle: PageBundle | string = 'Not built.'): Promise<void> {
    this.server = await serveLab({ lab: this.#lab, bundle, port })
    this.cookie = await enter(this.server)
  }

  connect(retryDelaysMs: readonly number[] = [1]): SocketConnection {
    return new SocketConnection({
      open: () => {
        this.tries += 1
        return pageSocket(this.server.port, this.cookie)
      },
      isAccepted: async () => this.accepted,
      retryDelaysMs,
    })
  }
}
