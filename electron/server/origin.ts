import type { IncomingMessage } from 'node:http'

const NAMES = ['127.0.0.1', 'localhost', '[::1]']
const HTTP_PORT = 80

/**
 * Whether the request names this server as its host. A foreign name that was made to resolve to this machine (DNS
 * rebinding) ends here, whatever else the request brings.
 */
export function hasOwnHost(request: IncomingMessage, port: number): boolean {
  const suffix = port === HTTP_PORT ? '' : `:${port}`
  return NAMES.some((name) => request.headers.host === name + suffix)
}

/** Whether a page of this very server sent the request. To be asked after `hasOwnHost`; no Origin is no page. */
export function hasOwnOrigin(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`
}
