import { describe, expect, test } from 'vitest'
import { Access } from '#electron/server/access.ts'

const PORT = 8123

describe('access by token', () => {
  test('makes a new token of at least 24 bytes each time', () => {
    const [first, second] = [new Access().token, new Access().token]
    expect(Buffer.from(first, 'base64url').byteLength).toBeGreaterThanOrEqual(24)
    expect(first).not.toBe(second)
    // It stands in an address and in a cookie as it is.
    expect(first).toMatch(/^[\w-]+$/)
  })

  test('accepts the token and nothing that resembles it', () => {
    const access = new Access('abcdef')
    expect(access.isToken('abcdef')).toBe(true)
    for (const wrong of ['', 'abcde', 'abcdefg', 'ABCDEF', ' abcdef', 'abcdeg'])
      expect(access.isToken(wrong)).toBe(false)
  })

  test('gives a cookie that scripts cannot read and other sites cannot use, and takes it back', () => {
    const access = new Access()
    const cookie = access.cookie(PORT)
    expect(cookie).toContain('; HttpOnly')
    expect(cookie).toContain('; SameSite=Strict')
    const pair = cookie.split(';')[0]!
    expect(access.isCookie(pair, PORT)).toBe(true)
    expect(access.isCookie(`theme=dark; ${pair}; other=1`, PORT)).toBe(true)
  })

  test('refuses a missing, foreign, truncated or differently named cookie', () => {
    const access = new Access()
    const pair = access.cookie(PORT).split(';')[0]!
    const refused = [undefined, '', 'theme=dark', pair.slice(0, -1), `x${pair}`, `signum-${PORT}=`, access.token]
    for (const header of refused) expect(access.isCookie(header, PORT)).toBe(false)
    expect(access.isCookie(pair, PORT + 1)).toBe(false)
    expect(new Access().isCookie(pair, PORT)).toBe(false)
  })
})
