import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { hasOwnHost, hasOwnOrigin } from '#electron/server/origin.ts'

function request(headers: { host?: string; origin?: string }): IncomingMessage {
  return { headers } as IncomingMessage
}

describe('the host of a request', () => {
  test.each(['127.0.0.1:8123', 'localhost:8123', '[::1]:8123'])('%s is ours', (host) => {
    expect(hasOwnHost(request({ host }), 8123)).toBe(true)
  })

  test.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:8124',
    '127.0.0.1:81230',
    '127.0.0.2:8123',
    'localhost.evil.example:8123',
    'evil.example:8123',
    'evil.example',
    'localhost:8123@evil.example',
    '0.0.0.0:8123',
  ])('%s is not', (host) => {
    expect(hasOwnHost(request({ host }), 8123)).toBe(false)
  })

  test('has no port on port 80, as browsers send it', () => {
    expect(hasOwnHost(request({ host: 'localhost' }), 80)).toBe(true)
  })
})

describe('the origin of a request', () => {
  test('is ours when it is exactly the address the request went to', () => {
    expect(hasOwnOrigin(request({ host: 'localhost:8123', origin: 'http://localhost:8123' }))).toBe(true)
  })

  test.each([
    undefined,
    'null',
    '',
    'http://localhost',
    'http://localhost:8124',
    'http://localhost:81230',
    'https://localhost:8123',
    'http://127.0.0.1:8123',
    'http://localhost:8123.evil.example',
    'http://localhost:8123@evil.example',
    'http://evil.example/http://localhost:8123',
    'http://localhost:8123/',
  ])('%s is not', (origin) => {
    expect(hasOwnOrigin(request({ host: 'localhost:8123', origin }))).toBe(false)
  })
})
