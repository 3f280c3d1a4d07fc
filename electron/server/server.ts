import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PageBundle } from '#electron/host/page/bundle.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { Access } from './access.ts'
import { createPages } from './pages.ts'
import { Sockets } from './sockets.ts'

export const LOOPBACK = '127.0.0.1'

const MAX_HTTP_CONNECTIONS = 128
/** Requests have no body, so a client that takes longer than this to send one is not a browser. */
const REQUEST_TIMEOUT_MS = 10_000

export interface LabServerOptions {
  readonly lab: Lab
  /** The built page, or the sentence that says why there is none. */
  readonly bundle: PageBundle | string
  /** 0 for any free port. */
  readonly port: number
}

export interface LabServer {
  /** Where the lab is, token included: whoever has this address has the lab. */
  readonly url: string
  readonly port: number
  /** Stops listening and disconnects every page. The lab itself stays open. */
  close(): Promise<void>
}

/**
 * Serves a lab to browsers on this machine, and to no other.
 *
 * @throws SignumError `port_in_use` where the port cannot be had.
 */
export async function serveLab({ lab, bundle, port }: LabServerOptions): Promise<LabServer> {
  const access = new Access()
  const actualPort = (): number => (http.address() as AddressInfo).port
  const http: Server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS },
    createPages({ access, bundle, port: actualPort }),
  )
  http.maxConnections = MAX_HTTP_CONNECTIONS
  await listen(http, port)
  const sockets = new Sockets({ lab, access, port: actualPort })
  http.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head))
  return {
    url: `http://${LOOPBACK}:${actualPort()}/?token=${access.token}`,
    port: actualPort(),
    close: () => {
      sockets.close()
      return closeServer(http)
    },
  }
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)))
    http.listen(port, LOOPBACK, resolve)
  })
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): SignumError {
  const why = cause.code === 'EADDRINUSE' ? 'is already in use' : `cannot be had (${cause.code})`
  const fix = 'Choose another one with --port, or leave --port out for a free one.'
  return new SignumError('port_in_use', `Port ${port} ${why}. ${fix}`, { cause })
}

function closeServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
}
