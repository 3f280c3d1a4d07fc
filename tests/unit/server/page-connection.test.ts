import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { PageConnection } from '#electron/server/page-connection.ts'
import { decodeReply, encodeFrame, type ReplyFrame } from '#shared/contract/wire.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'

const MIB = 2 ** 20

/** A socket whose other end reads as slowly as a test wants. */
class SlowSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly sent: ReplyFrame[] = []
  readonly terminate = vi.fn()
  readonly close = vi.fn()

  send(frame: Uint8Array): void {
    this.sent.push(decodeReply(frame))
  }

  /** As a page would send it. */
  receive(id: number, method = 'settings.get', input: unknown = {}): void {
    this.emit('message', Buffer.from(encodeFrame({ type: 'request', id, method, input })), true)
  }
}

const event = encodeFrame({ type: 'event', event: 'lab.notice', payload: { message: 'x' } })

describe('a page that cannot keep up', () => {
  let socket: SlowSocket
  let page: PageConnection

  beforeEach(() => {
    socket = new SlowSocket()
    page = new PageConnection(socket as unknown as WebSocket, new MemoryLab({ 'settings.get': () => ({}) }))
  })

  test('misses chart points while it is behind, and gets them again afterwards', () => {
    socket.bufferedAmount = 2 * MIB
    page.sendEvent(event, true)
    expect(socket.sent).toHaveLength(0)
    socket.bufferedAmount = 0
    page.sendEvent(event, true)
    expect(socket.sent).toHaveLength(1)
  })

  test('misses nothing else', async () => {
    socket.bufferedAmount = 2 * MIB
    page.sendEvent(event, false)
    socket.receive(7)
    await eventually(() => expect(socket.sent.map((frame) => frame.type)).toEqual(['event', 'response']))
  })

  test('is let go when it has stopped reading', () => {
    socket.bufferedAmount = 65 * MIB
    page.sendEvent(event, false)
    expect(socket.terminate).toHaveBeenCalledOnce()
    expect(socket.sent).toHaveLength(0)
  })

  test('is sent nothing once it is closing', () => {
    socket.readyState = 2
    page.sendEvent(event, false)
    expect(socket.sent).toHaveLength(0)
  })
})

describe('a page that asks too much', () => {
  test('has the requests beyond 64 at once refused, each with its own answer', async () => {
    const socket = new SlowSocket()
    const held = Promise.withResolvers<Record<string, never>>()
    new PageConnection(socket as unknown as WebSocket, new MemoryLab({ 'settings.get': () => held.promise }))
    for (let id = 0; id < 66; id += 1) socket.receive(id)
    await eventually(() => expect(socket.sent).toHaveLength(2))
    expect(socket.sent).toEqual([64, 65].map((id) => refusalOf(id)))
    held.resolve({})
    await eventually(() => expect(socket.sent).toHaveLength(66))
    socket.receive(66)
    await eventually(() => expect(socket.sent.at(-1)).toMatchObject({ type: 'response', id: 66 }))
  })

  test('is slowed down to 200 requests a second', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0)
    const socket = new SlowSocket()
    new PageConnection(socket as unknown as WebSocket, new MemoryLab({ 'settings.get': () => ({}) }))
    for (let id = 0; id < 201; id += 1) {
      socket.receive(id)
      await eventually(() => expect(socket.sent).toHaveLength(id + 1))
    }
    vi.restoreAllMocks()
    expect(socket.sent.filter((frame) => frame.type === 'response')).toHaveLength(200)
    expect(socket.sent.at(-1)).toEqual(refusalOf(200))
  })

  function refusalOf(id: number): unknown {
    return {
      type: 'failure',
      id,
      error: { code: 'invalid_request', message: expect.stringContaining('Too many requests') },
    }
  }
})

test('an answer that cannot travel is refused instead of leaving the page waiting', async () => {
  const socket = new SlowSocket()
  const answer = { theme: new Float64Array(1) } as never
  new PageConnection(socket as unknown as WebSocket, new MemoryLab({ 'settings.get': () => answer }))
  socket.receive(1)
  await eventually(() => expect(socket.sent).toHaveLength(1))
  expect(socket.sent[0]).toMatchObject({ type: 'failure', id: 1, error: { code: 'internal' } })
})
