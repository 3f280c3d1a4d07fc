import type { LabBridge } from '#shared/contract/bridge.ts'
import { SESSION_PATH, SOCKET_PATH } from '#shared/contract/wire.ts'
import { BridgeConnection } from './bridge.ts'
import type { LabConnection } from './connection.ts'
import { SocketConnection } from './socket.ts'

export type { ConnectionState, LabConnection } from './connection.ts'

declare global {
  interface Window {
    /** There in the desktop shell only. */
    readonly lab?: LabBridge
  }
}

/** Connects the page: through the preload script in the desktop shell, else to the server the page came from. */
export function connectLab(): LabConnection {
  if (window.lab) return new BridgeConnection(window.lab)
  const url = new URL(SOCKET_PATH, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  return new SocketConnection({
    open: () => new WebSocket(url),
    isAccepted: async () => (await fetch(SESSION_PATH, { cache: 'no-store' })).ok,
  })
}
