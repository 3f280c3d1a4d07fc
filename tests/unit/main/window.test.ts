import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openWindow } from '#electron/main/window.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

describe('the window', () => {
  let folder: string
  let stateFile: string

  beforeEach(() => {
    fake.reset()
    folder = mkdtempSync(join(tmpdir(), 'signum-window-'))
    stateFile = join(folder, 'kept/window.json')
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = () => openWindow({ preload: '/out/preload.cjs', stateFile }) as unknown as fake.BrowserWindow

  test('shows our own page in a sandbox, and no weakened web security', () => {
    const window = open()
    expect(window.url).toBe('app://lab/')
    expect(window.options['webPreferences']).toEqual({
      preload: '/out/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    })
  })

  test('appears once the page has drawn itself, on the ground of its theme', () => {
    const light = open()
    expect(light.options['show']).toBe(false)
    expect(light.visible).toBe(false)
    light.emit('ready-to-show')
    expect(light.visible).toBe(true)
    fake.nativeTheme.themeSource = 'dark'
    const dark = open()
    expect([light.background, dark.background]).toEqual(['#f7f8fa', '#0e1116'])
  })

  test('opens where it was closed', () => {
    const first = open()
    first.bounds = { x: 100, y: 50, width: 1400, height: 900 }
    first.maximized = true
    first.close()
    const second = open()
    expect(second.options).toMatchObject({ x: 100, y: 50, width: 1400, height: 900 })
    expect(second.maximized).toBe(true)
  })

  test('comes back from a display that is no longer there', () => {
    const first = open()
    first.bounds = { x: 4000, y: 50, width: 1400, height: 900 }
    first.close()
    expect(open().options).toMatchObject({ width: 1280, height: 832 })
    expect(open().options).not.toHaveProperty('x')
  })

  test.each(['', '{', '[]', '{"x":0}', '{"x":0,"y":0,"width":-5,"height":1,"maximized":false}', 'null'])(
    'opens in its usual size when what was kept is %j',
    (content) => {
      open().close()
      writeFileSync(stateFile, content)
      expect(open().options).toMatchObject({ width: 1280, height: 832 })
    },
  )

  test('closes even where its place cannot be kept', () => {
    const complained = vi.spyOn(console, 'error').mockReturnValue()
    writeFileSync(join(folder, 'kept'), 'a file where the folder would be')
    const window = open()
    window.close()
    expect(window.destroyed).toBe(true)
    expect(complained).toHaveBeenCalledOnce()
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toContain('a file')
  })
})
