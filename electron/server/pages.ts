import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { PageBundle } from '#electron/host/page/bundle.ts'
import { SECURITY_HEADERS } from '#electron/host/page/security-headers.ts'
import { SESSION_PATH } from '#shared/contract/wire.ts'
import type { Access } from './access.ts'
import { hasOwnHost } from './origin.ts'

export interface PagesOptions {
  readonly access: Access
  /** The built page, or the sentence that says why there is none. */
  readonly bundle: PageBundle | string
  readonly port: () => number
}

/** Serves the built page and nothing else. There is no CORS header anywhere: no other site may read an answer. */
export function createPages({ access, bundle, port }: PagesOptions): RequestListener {
  return (request, response) => {
    response.setHeaders(new Map(Object.entries(SECURITY_HEADERS)))
    if (!hasOwnHost(request, port())) {
      return say(response, 403, 'Signum answers only at its own address on this machine.')
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return say(response, 405, 'Signum serves its page by GET; everything else goes through the page.')
    }
    const { path, token } = parseTarget(request)
    if (path === '/' && token !== null) return exchange(response, access, token, port())
    if (!access.isCookie(request.headers.cookie, port())) return refuse(response)
    if (path === SESSION_PATH) return end(response, 204)
    if (typeof bundle === 'string') return say(response, 503, bundle)
    const file = bundle.get(path)
    if (!file) return say(response, 404, 'There is nothing at this address.')
    response.setHeader('Content-Type', file.mediaType)
    response.setHeader('Cache-Control', file.cacheControl)
    response.setHeader('Content-Length', file.body.byteLength)
    response.writeHead(200).end(request.method === 'HEAD' ? undefined : file.body)
  }
}

/** The path exactly as it was sent: it is looked up in a list, so decoding it could only make it something else. */
function parseTarget(request: IncomingMessage): { path: string; token: string | null } {
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  if (mark < 0) return { path: target, token: null }
  return { path: target.slice(0, mark), token: new URLSearchParams(target.slice(mark)).get('token') }
}

/** Takes the token out of the address, where it would stay in the history, and gives the cookie for it. */
function exchange(response: ServerResponse, access: Access, token: string, port: number): void {
  if (!access.isToken(token)) return refuse(response)
  response.setHeader('Set-Cookie', access.cookie(port))
  // Always to the start: nothing of the request may choose where the browser goes next.
  response.setHeader('Location', '/')
  end(response, 303)
}

function refuse(response: ServerResponse): void {
  say(response, 401, 'Open Signum with the address it printed when it started: the one that ends in its token.')
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  end(response, status, `${sentence}\n`)
}

function end(response: ServerResponse, status: number, body?: string): void {
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(status).end(body)
}
