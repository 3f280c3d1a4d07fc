import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Enough that nobody guesses it: 32 bytes, of which 24 are the least. */
const TOKEN_BYTES = 32

/**
 * Who may enter: whoever brings the token that was printed once. A page shows it in its address a single time and gets
 * a cookie instead, which scripts cannot read and other sites cannot use. The port is in the cookie's name because
 * cookies do not know ports, and two labs on one machine must not put each other out.
 */
export class Access {
  readonly token: string
  readonly #hash: Buffer

  constructor(token: string = randomBytes(TOKEN_BYTES).toString('base64url')) {
    this.token = token
    this.#hash = sha256(token)
  }

  /** Takes the same time for every wrong token of any length. */
  isToken(candidate: string): boolean {
    return timingSafeEqual(sha256(candidate), this.#hash)
  }

  /** Whether a request's Cookie header lets it in on this port. */
  isCookie(header: string | undefined, port: number): boolean {
    const prefix = `${cookieName(port)}=`
    const cookie = header?.split(';').find((part) => part.trim().startsWith(prefix))
    return cookie !== undefined && this.isToken(cookie.trim().slice(prefix.length))
  }

  /** Value of the Set-Cookie header; the cookie lives as long as the browser. */
  cookie(port: number): string {
    return `${cookieName(port)}=${this.token}; Path=/; HttpOnly; SameSite=Strict`
  }
}

function cookieName(port: number): string {
  return `signum-${port}`
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
