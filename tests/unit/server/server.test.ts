import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPageBundle, type PageBundle } from '#electron/host/page/bundle.ts'
import { serveLab, type LabServer } from '#electron/server/server.ts'
import { MAX_REQUEST_BYTES, SESSION_PATH, SOCKET_PATH } from '#shared/contract/wire.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'
import { enter, pageSocket } from '../rpc/support/served-lab.ts'
import { ask, askUpgrade } from './support/ask.ts'
import { PageFolder } from './support/page-folder.ts'

const folder = new PageFolder()
const bundle = readPageBundle(folder.path)
folder.remove()

let lab: MemoryLab
let server: LabServer
let port: number
let token: string

async function start(page: PageBundle | string = bundle): Promise<void> {
  lab = new MemoryLab()
  server = await serveLab({ lab, bundle: page, port: 0 })
  port = server.port
  token = new URL(server.url).searchParams.get('token')!
}

beforeEach(() => start())
afterEach(() => server.close())

describe('entering', () => {
  test('the printed address gives the cookie and leads to the page without the token', async () => {
    const reply = await ask({ port, path: `/?token=${token}` })
    expect(reply.status).toBe(303)
    expect(reply.headers.location).toBe('/')
    expect(reply.headers['set-cookie']).toEqual([expect.stringMatching(/HttpOnly; SameSite=Strict$/)])
    expect(reply.headers['cache-control']).toBe('no-store')
    const cookie = reply.headers['set-cookie']![0]!.split(';')[0]!
    const page = await ask({ port, headers: { Cookie: cookie } })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<title>Signum</title>')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  })

  test.each([
    ['nothing', '/'],
    ['a wrong token', '/?token=wrong'],
    ['an empty token', '/?token='],
    ['a token in the fragment of a path', '/index.html?token='],
  ])('%s is answered with 401 and no cookie', async (_, path) => {
    const reply = await ask({ port, path })
    expect(reply.status).toBe(401)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.body).toContain('address')
  })

  test('a truncated token, a token in a header and a token elsewhere than at the start do not count', async () => {
    expect((await ask({ port, path: `/?token=${token.slice(0, -1)}` })).status).toBe(401)
    expect((await ask({ port, headers: { Authorization: `Bearer ${token}` } })).status).toBe(401)
    expect((await ask({ port, path: `/assets/index-4f2a.js?token=${token}` })).status).toBe(401)
  })

  test('the redirect leads home whatever the request says', async () => {
    const attempts = [
      `//evil.example/?token=${token}`,
      `/%2f%2fevil.example?token=${token}`,
      `/\\evil.example?token=${token}`,
      `http://evil.example/?token=${token}`,
      `/?token=${token}&next=//evil.example`,
      `/?next=http://evil.example&token=${token}#//evil.example`,
    ]
    for (const path of attempts) {
      const reply = await ask({ port, path })
      expect(['/', undefined]).toContain(reply.headers.location)
    }
  })

  test('the session address tells a page whether it may connect', async () => {
    expect((await ask({ port, path: SESSION_PATH })).status).toBe(401)
    expect((await ask({ port, path: SESSION_PATH, headers: { Cookie: await enter(server) } })).status).toBe(204)
  })
})

describe('every answer', () => {
  test('carries the policy and no permission for other sites', async () => {
    const cookie = await enter(server)
    const replies = [
      await ask({ port }),
      await ask({ port, headers: { Cookie: cookie, Origin: 'http://evil.example' } }),
      await ask({ port, headers: { Host: 'evil.example' } }),
      await ask({ port, path: '/nothing', headers: { Cookie: cookie } }),
      await ask({ port, method: 'OPTIONS', headers: { Cookie: cookie, Origin: 'http://evil.example' } }),
    ]
    expect(replies.map((reply) => reply.status)).toEqual([401, 200, 403, 404, 405])
    for (const { headers } of replies) {
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('to a foreign host is a refusal, before the token is looked at', async () => {
    const cookie = await enter(server)
    for (const Host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      expect((await ask({ port, path: `/?token=${token}`, headers: { Host } })).status).toBe(403)
      expect((await ask({ port, headers: { Host, Cookie: cookie } })).status).toBe(403)
    }
    expect((await ask({ port, headers: { Host: `localhost:${port}`, Cookie: cookie } })).status).toBe(200)
  })
})

describe('files', () => {
  test('are served with their type; hashed ones may be kept', async () => {
    const reply = await ask({ port, path: '/assets/index-4f2a.js', headers: { Cookie: await enter(server) } })
    expect(reply.body).toBe('export {}')
    expect(reply.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(reply.headers['cache-control']).toContain('immutable')
  })

  test('a HEAD request gets everything but the body', async () => {
    const reply = await ask({ port, method: 'HEAD', headers: { Cookie: await enter(server) } })
    expect(reply.status).toBe(200)
    expect(reply.body).toBe('')
    expect(Number(reply.headers['content-length'])).toBeGreaterThan(0)
  })

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/..%5c..%5csecret.html',
    '//secret.html',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML',
    '/notes.unknown',
    'http://127.0.0.1/index.html',
  ])('%s is not there', async (path) => {
    expect((await ask({ port, path, headers: { Cookie: await enter(server) } })).status).toBe(404)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    const reply = await ask({ port, method, headers: { Cookie: await enter(server) } })
    expect(reply.status).toBe(405)
    expect(reply.headers.allow).toBe('GET, HEAD')
  })

  test('without a built page the reason stands in its place', async () => {
    await server.close()
    await start('The page has not been built.')
    const reply = await ask({ port, headers: { Cookie: await enter(server) } })
    expect(reply.status).toBe(503)
    expect(reply.body).toBe('The page has not been built.\n')
  })
})

describe('opening a WebSocket', () => {
  test('is for our own page with its cookie', async () => {
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: await enter(server) })).toBe(101)
  })

  test('is refused without the right cookie, and a token in the address does not replace it', async () => {
    expect(await askUpgrade(port, SOCKET_PATH, {})).toBe(401)
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: `signum-${port}=wrong` })).toBe(401)
    expect(await askUpgrade(port, `${SOCKET_PATH}?token=${token}`, {})).toBe(401)
  })

  test('is refused to every other origin, and to none', async () => {
    const Cookie = await enter(server)
    const origins = [
      undefined,
      'null',
      'http://evil.example',
      `http://127.0.0.1:${port}.evil.example`,
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1',
    ]
    for (const Origin of origins) expect(await askUpgrade(port, SOCKET_PATH, { Cookie, Origin })).toBe(403)
  })

  test('is refused under a foreign host, even with an origin to match', async () => {
    const Cookie = await enter(server)
    const Host = `evil.example:${port}`
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie, Host, Origin: `http://${Host}` })).toBe(403)
  })

  test('is refused anywhere else than at its own path', async () => {
    const Cookie = await enter(server)
    for (const path of ['/', '/rpc/', '/rpc?x=1', '/RPC']) expect(await askUpgrade(port, path, { Cookie })).toBe(404)
  })

  test('is refused to one page too many, and possible again when another has gone', async () => {
    const cookie = await enter(server)
    const sockets = Array.from({ length: 16 }, () => pageSocket(port, cookie))
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: cookie })).toBe(503)
    sockets[0]!.close()
    await once(sockets[0]!, 'close')
    await eventually(async () => expect(await askUpgrade(port, SOCKET_PATH, { Cookie: cookie })).toBe(101))
  })
})

describe('a page that does not keep to the protocol', () => {
  async function closeCodeAfter(send: (socket: WebSocket) => void): Promise<number> {
    const socket = pageSocket(port, await enter(server))
    await once(socket, 'open')
    const closed = once(socket, 'close')
    send(socket)
    return ((await closed) as CloseEvent).code
  }

  test('is let go, and the lab goes on', async () => {
    expect(await closeCodeAfter((socket) => socket.send('{"type":"request"}'))).toBe(1003)
    expect(await closeCodeAfter((socket) => socket.send(new Uint8Array([0xc1])))).toBe(1002)
    expect(await closeCodeAfter((socket) => socket.send(new Uint8Array(MAX_REQUEST_BYTES + 1)))).toBe(1009)
    expect(await askUpgrade(port, SOCKET_PATH, { Cookie: await enter(server) })).toBe(101)
  })

  test('that hangs up in the middle of the upgrade does no harm', async () => {
    const stream = connect(port, '127.0.0.1')
    stream.write(`GET ${SOCKET_PATH} HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    stream.destroy()
    expect((await ask({ port })).status).toBe(401)
  })

  test('and keeps its end open after a refusal does not keep the server open', async () => {
    const stream = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    stream.write(`GET ${SOCKET_PATH} HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    const refused = new Promise((resolve) => stream.once('end', resolve))
    stream.resume()
    await refused
    await server.close()
    stream.destroy()
  })
})

describe('the server', () => {
  test('names a port that is in use and the way out', async () => {
    await expect(serveLab({ lab, bundle, port })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringMatching(new RegExp(`Port ${port} is already in use.*--port`)),
    })
  })

  test('listens to the lab only while it is open', async () => {
    expect(lab.listenerCount).toBeGreaterThan(0)
    const socket = pageSocket(port, await enter(server))
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await server.close()
    expect(((await closed) as CloseEvent).code).toBe(1001)
    expect(lab.listenerCount).toBe(0)
    await expect(ask({ port })).rejects.toThrow(/ECONNREFUSED/)
  })
})

function once(socket: WebSocket, event: 'open' | 'close'): Promise<Event> {
  return new Promise((resolve) => socket.addEventListener(event, resolve, { once: true }))
}
