import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Asked {
  readonly port: number
  /** Sent exactly as it stands here, unlike with fetch, which would tidy it up. */
  readonly path?: string
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
}

/** One HTTP request, with any Host and any path. */
export function ask({ port, path = '/', method = 'GET', headers = {} }: Asked): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/**
 * The HTTP status with which a WebSocket upgrade was answered; 101 is a yes. `Host` and `Origin` are those of a page of
 * this server unless `headers` says otherwise; `undefined` leaves a header out.
 */
export function askUpgrade(port: number, path: string, headers: OutgoingHttpHeaders): Promise<number> {
  return new Promise((resolve, reject) => {
    const all: OutgoingHttpHeaders = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      Origin: `http://127.0.0.1:${port}`,
      ...headers,
    }
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    const sent = request({ host: '127.0.0.1', port, path, headers: given, agent: false })
    sent.on('upgrade', (_, socket) => {
      socket.destroy()
      resolve(101)
    })
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
    sent.on('error', reject)
    sent.end()
  })
}
