import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPageBundle } from '#electron/host/page/bundle.ts'
import { PageFolder } from '../../server/support/page-folder.ts'

describe('the list of the page’s files', () => {
  let folder: PageFolder

  beforeEach(() => {
    folder = new PageFolder()
  })

  afterEach(() => folder.remove())

  test('holds the page under / and every file of a known type under its path', () => {
    const bundle = readPageBundle(folder.path)
    expect([...bundle.keys()].sort()).toEqual(['/', '/assets/index-4f2a.js', '/assets/inter-9c1b.woff2', '/index.html'])
    expect(bundle.get('/')).toBe(bundle.get('/index.html'))
    expect(bundle.get('/assets/inter-9c1b.woff2')!.body).toEqual(new Uint8Array([0, 255]))
  })

  test('lets hashed files be kept for good, and the page not', () => {
    const bundle = readPageBundle(folder.path)
    expect(bundle.get('/assets/index-4f2a.js')!.cacheControl).toContain('immutable')
    expect(bundle.get('/')!.cacheControl).toBe('no-cache')
  })

  test('follows no links, neither of files nor of folders', () => {
    symlinkSync(join(folder.parent, 'secret.html'), join(folder.path, 'secret.html'))
    symlinkSync(folder.parent, join(folder.path, 'parent'))
    mkdirSync(join(folder.path, 'folder.js'))
    expect([...readPageBundle(folder.path).keys()].filter((path) => !path.startsWith('/assets'))).toEqual([
      '/index.html',
      '/',
    ])
  })

  test.each([
    ['a folder that is not there', (path: string) => rmSync(path, { recursive: true })],
    ['a folder without the page', (path: string) => rmSync(join(path, 'index.html'))],
  ])('says how to build the page for %s', (_, damage) => {
    damage(folder.path)
    expect(() => readPageBundle(folder.path)).toThrow(
      expect.objectContaining({ code: 'file_unreadable', message: expect.stringContaining('npm run build') }),
    )
  })
})
