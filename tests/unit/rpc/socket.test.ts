import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_REQUEST_BYTES } from '#shared/contract/wire.ts'
import type { LabConnection } from '../../../renderer/rpc/connection.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'
import { describeTransport } from './support/conformance.ts'
import { ServedLab } from './support/served-lab.ts'

describeTransport('the WebSocket transport', () => {
  let served: ServedLab
  return {
    connect: async (lab) => {
      served = new ServedLab(lab)
      await served.start()
      return served.connect()
    },
    close: () => served.server.close(),
  }
})

describe('a WebSocket that breaks', () => {
  let lab: MemoryLab
  let served: ServedLab
  let connection: LabConnection
  let asked: PromiseWithResolvers<void>

  beforeEach(async () => {
    asked = Promise.withResolvers()
    lab = new MemoryLab({
      'settings.get': () => ({}),
      'settings.set': () => ({}),
      'runs.evaluate': () => {
        asked.resolve()
        return new Promise(() => {})
      },
    })
    served = new ServedLab(lab)
    await served.start()
    connection = served.connect()
    await connection.request('settings.get', {})
  })

  afterEach(async () => {
    connection.close()
    await served.server.close()
  })

  test('rejects what was under way and says that it may have been done', async () => {
    const answer = connection.request('runs.evaluate', { id: 'r1' })
    const rejected = expect(answer).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('"runs.evaluate"'),
    })
    await asked.promise
    await served.server.close()
    await rejected
  })

  test('comes back by itself, and each listener hears each event once', async () => {
    const heard: string[] = []
    connection.subscribe('lab.notice', ({ message }) => heard.push(message))
    const states: string[] = []
    connection.onState((state) => states.push(state))
    const { port } = served.server
    for (const round of ['first', 'second']) {
      await served.server.close()
      await eventually(() => expect(connection.state).toBe('offline'))
      await served.start(port)
      await eventually(() => expect(connection.state).toBe('online'))
      lab.emit('lab.notice', { message: round })
      await connection.request('settings.get', {})
    }
    expect(heard).toEqual(['first', 'second'])
    expect(states).toEqual(['offline', 'online', 'offline', 'online'])
  })

  test('rejects requests that cannot be sent, and tries at once when someone asks', async () => {
    connection.close()
    connection = served.connect([1_000_000])
    await connection.request('settings.get', {})
    const { port } = served.server
    await served.server.close()
    await eventually(() => expect(connection.state).toBe('offline'))
    await expect(connection.request('settings.get', {})).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('was not sent'),
    })
    await served.start(port)
    expect(await connection.request('settings.get', {})).toEqual({})
    expect(connection.state).toBe('online')
  })

  test('stops trying once the lab no longer accepts this page', async () => {
    const { port } = served.server
    await served.server.close()
    served.accepted = false
    await eventually(() => expect(connection.state).toBe('refused'))
    const { tries } = served
    await served.start(port)
    await expect(connection.request('settings.get', {})).rejects.toMatchObject({
      code: 'disconnected',
      message: expect.stringContaining('address'),
    })
    expect(served.tries).toBe(tries)
  })

  test('refuses a request that is too large before sending it', async () => {
    const value = 'x'.repeat(MAX_REQUEST_BYTES)
    await expect(connection.request('settings.set', { key: 'k', value })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/4\.0 MiB/),
    })
    expect(connection.state).toBe('online')
  })

  test('rejects everything once it is closed, and does not come back', async () => {
    const answer = connection.request('runs.evaluate', { id: 'r1' })
    const rejected = expect(answer).rejects.toMatchObject({ code: 'disconnected' })
    await asked.promise
    connection.close()
    await rejected
    await expect(connection.request('settings.get', {})).rejects.toMatchObject({ code: 'disconnected' })
    expect(served.tries).toBe(1)
  })
})
