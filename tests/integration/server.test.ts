import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_REQUEST_BYTES, SOCKET_PATH } from '#shared/contract/wire.ts'
import { SocketConnection } from '../../renderer/rpc/socket.ts'
import { pageSocket } from '../unit/rpc/support/served-lab.ts'
import { ask, askUpgrade } from '../unit/server/support/ask.ts'
import { ServerProcess } from './support/server-process.ts'

describe('the served lab', () => {
  const server = new ServerProcess()
  let port: number
  let token: string
  let cookie: string

  beforeAll(async () => {
    const address = await server.address()
    port = Number(address.port)
    token = address.searchParams.get('token')!
    const entered = await ask({ port, path: `/${address.search}` })
    cookie = entered.headers['set-cookie']![0]!.split(';')[0]!
  })

  afterAll(() => server.remove())

  function connect(): SocketConnection {
    return new SocketConnection({ open: () => pageSocket(port, cookie), isAccepted: async () => true })
  }

  test('lets nobody in without its token, under a foreign name or from a foreign page', async () => {
    expect((await ask({ port })).status).toBe(401)
    expect((await ask({ port, path: `/?token=${token}x` })).status).toBe(401)
    expect((await ask({ port, path: `/?token=${token}`, headers: { Host: 'evil.example' } })).status).toBe(403)
    expect(await askUpgrade(port, SOCKET_PATH, {})).toBe(401)
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: cookie, Origin: 'http://evil.example' })).toBe(403)
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: cookie, Origin: undefined })).toBe(403)
  })

  test('listens on this machine only', async () => {
    const faces = Object.values(networkInterfaces()).flat()
    const outside = faces.find((face) => face?.family === 'IPv4' && !face.internal)
    // A machine without a network has no other address to try.
    if (!outside) return
    await expect(fetch(`http://${outside.address}:${port}/`)).rejects.toThrow()
  })

  test('answers requests and tells every page what one of them changed', async () => {
    const [first, second] = [connect(), connect()]
    try {
      expect(await first.request('lab.info', {})).toMatchObject({ host: 'server', dataFolder: server.dataFolder })
      const presets = (await second.request('networks.list', {})).map((network) => network.id)
      expect(presets).toContain('lenet-binary')
      const heard = Promise.withResolvers<unknown>()
      second.subscribe('settings.changed', heard.resolve)
      await first.request('settings.set', { key: 'theme', value: 'dark' })
      expect(await heard.promise).toEqual({ key: 'theme', value: 'dark' })
      expect(await second.request('settings.get', {})).toMatchObject({ theme: 'dark' })
    } finally {
      first.close()
      second.close()
    }
  })

  test('tells mistakes by code, sentence and place', async () => {
    const connection = connect()
    try {
      await expect(connection.request('runs.get', { id: 'nobody' })).rejects.toMatchObject({ code: 'run_not_found' })
      await expect(connection.request('runs.rename', { id: 'nobody', name: '' })).rejects.toMatchObject({
        code: 'invalid_request',
        place: { field: 'name' },
      })
    } finally {
      connection.close()
    }
  })

  test('lets go of a page that sends too much, and goes on', async () => {
    const socket = pageSocket(port, cookie)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))
    socket.send(new Uint8Array(MAX_REQUEST_BYTES + 1))
    expect((await closed).code).toBe(1009)
    const connection = connect()
    await connection.request('settings.get', {})
    connection.close()
  })

  test('says in one sentence that its port is taken, and ends with 1', async () => {
    const second = new ServerProcess(['--port', String(port)])
    const { code, output, errors } = await second.ended
    await second.remove()
    expect(code).toBe(1)
    expect(output).toBe('')
    expect(errors).toMatch(new RegExp(`^Port ${port} is already in use\\. .*--port.*\\n$`))
  })

  test('says in one sentence that its data folder is taken, and ends with 1', async () => {
    const second = new ServerProcess([], server.dataFolder)
    const { code, errors } = await second.ended
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain(server.dataFolder)
  })
})

describe('a server', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'closes the lab on %s and opens again with what was kept',
    async (signal) => {
      const first = new ServerProcess()
      await first.address()
      expect((await first.stop(signal)).code).toBe(0)
      const second = new ServerProcess([], first.dataFolder)
      await second.address()
      expect((await second.stop()).code).toBe(0)
      await second.remove()
    },
  )

  test('refuses an option it does not know, before it opens anything', async () => {
    const server = new ServerProcess(['--prot', '1'])
    expect(await server.ended).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('--port N') })
    await server.remove()
  })
})
