import { once } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { serveLab, type LabServer } from '#electron/server/server.ts'
import { SOCKET_PATH } from '#shared/contract/wire.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'
import { enter } from '../rpc/support/served-lab.ts'

const HEARTBEAT_MS = 30_000

let server: LabServer

beforeEach(async () => {
  // Only the heartbeat's clock stands still; sockets and their own timeouts go on.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  server = await serveLab({ lab: new MemoryLab(), bundle: 'Not built.', port: 0 })
})

afterEach(async () => {
  await server.close()
  vi.useRealTimers()
})

async function open(autoPong: boolean): Promise<WebSocket> {
  const headers = { Cookie: await enter(server), Origin: `http://127.0.0.1:${server.port}` }
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${SOCKET_PATH}`, { headers, autoPong })
  await once(socket, 'open')
  return socket
}

test('a page that went silent is let go at the second heartbeat; one that answers stays', async () => {
  const [alive, silent] = [await open(true), await open(false)]
  const pinged = [once(alive, 'ping'), once(silent, 'ping')]
  vi.advanceTimersByTime(HEARTBEAT_MS)
  await Promise.all(pinged)
  // A second answer to the same heartbeat: once the server has seen it, it has seen the first one too.
  const answered = once(alive, 'pong')
  alive.ping()
  await answered
  const closed = once(silent, 'close')
  vi.advanceTimersByTime(HEARTBEAT_MS)
  expect((await closed)[0]).toBe(1006)
  expect(alive.readyState).toBe(WebSocket.OPEN)
  alive.terminate()
})
