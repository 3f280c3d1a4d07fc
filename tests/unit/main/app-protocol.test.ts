import type { Protocol } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readPageBundle } from '#electron/host/page/bundle.ts'
import { serveApp } from '#electron/main/app-protocol.ts'
import * as fake from '../../fixtures/electron/electron.ts'
import { PageFolder } from '../server/support/page-folder.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

const folder = new PageFolder()
const bundle = readPageBundle(folder.path)
folder.remove()

describe('app://lab/', () => {
  beforeEach(() => {
    fake.reset()
    serveApp(fake.protocol as unknown as Protocol, bundle)
  })

  /** A request that keeps its address as it stands, as Chromium may hand it over. */
  async function get(url: string, method = 'GET'): Promise<Response> {
    return fake.protocol.handlers.get('app')!({ url, method } as Request)
  }

  test('is the page, under the policy', async () => {
    const response = await get('app://lab/')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<title>Signum</title>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test('holds the files of the page, whatever the query', async () => {
    expect((await get('app://lab/assets/index-4f2a.js?v=1#x')).headers.get('Content-Type')).toContain('javascript')
  })

  test.each([
    'app://lab/../secret.html',
    'app://lab/assets/../../secret.html',
    'app://lab/%2e%2e/secret.html',
    'app://lab/..%2fsecret.html',
    'app://lab/assets%2findex-4f2a.js',
    'app://lab/..%5csecret.html',
    'app://lab/..\\secret.html',
    'app://lab//secret.html',
    'app://lab//etc/passwd',
    'app://lab/assets/',
    'app://lab/index.html%00.js',
    'app://lab/notes.unknown',
  ])('%s is not there', async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  test.each(['app://evil/', 'app://lab.evil/', 'app://lab:1/', 'app://user@lab/'])('%s is refused', async (url) => {
    expect((await get(url)).status).toBe(403)
  })

  test('takes nothing but GET', async () => {
    expect((await get('app://lab/', 'POST')).status).toBe(405)
  })
})
