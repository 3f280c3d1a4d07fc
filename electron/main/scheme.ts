import { protocol } from 'electron'

const SCHEME = 'app'
const HOST = 'lab'

/** The one origin that the window ever shows. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`

/** The page itself. */
export const APP_URL = `${APP_ORIGIN}/`

/** Gives app:// the standing of https: an origin of its own, a policy, fetch. To be called before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Whether an address belongs to our own page. Compared by its parsed parts: "app://lab.example" only begins like it. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  // Node gives schemes that it does not know no origin, so the parts are compared instead.
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
}
