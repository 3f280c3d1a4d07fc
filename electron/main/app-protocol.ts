import type { Protocol } from 'electron'
import type { PageBundle } from '#electron/host/page/bundle.ts'
import { SECURITY_HEADERS } from '#electron/host/page/security-headers.ts'
import { isAppUrl } from './scheme.ts'

/** Serves the built page under app://lab/. */
export function serveApp(protocol: Protocol, bundle: PageBundle): void {
  protocol.handle('app', (request) => answer(request, bundle))
}

/**
 * The path is looked up, undecoded, in the list of the page's files and never becomes a path on disk: "..", an encoded
 * separator or a link out of the folder is simply not in the list.
 */
function answer(request: Request, bundle: PageBundle): Response {
  if (!isAppUrl(request.url)) return refuse(403, 'There is no such page in Signum.')
  if (request.method !== 'GET') return refuse(405, 'The page is read by GET only.')
  const file = bundle.get(new URL(request.url).pathname)
  if (!file) return refuse(404, 'There is nothing at this address.')
  return new Response(file.body, {
    headers: { ...SECURITY_HEADERS, 'Content-Type': file.mediaType, 'Cache-Control': file.cacheControl },
  })
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' } })
}
