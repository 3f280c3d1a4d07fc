import type { BrowserWindow, NativeTheme } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { followTheme } from '#electron/main/theme.ts'
import * as fake from '../../fixtures/electron/electron.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))
beforeEach(() => fake.reset())

async function follow(settings: Record<string, never> | { theme: string | number }): Promise<MemoryLab> {
  const lab = new MemoryLab({ 'settings.get': () => settings })
  const current = () => (fake.BrowserWindow.windows[0] ?? null) as unknown as BrowserWindow | null
  await followTheme(lab, fake.nativeTheme as unknown as NativeTheme, current)
  return lab
}

test('the system’s theme is taken until one is chosen', async () => {
  await follow({})
  expect(fake.nativeTheme.themeSource).toBe('system')
})

test('the chosen theme holds from the start, and a change takes effect with the window’s ground', async () => {
  const lab = await follow({ theme: 'dark' })
  expect(fake.nativeTheme.themeSource).toBe('dark')
  const window = new fake.BrowserWindow()
  lab.emit('settings.changed', { key: 'theme', value: 'light' })
  expect(fake.nativeTheme.themeSource).toBe('light')
  expect(window.background).toBe('#f7f8fa')
  lab.emit('settings.changed', { key: 'other', value: 'dark' })
  expect(fake.nativeTheme.themeSource).toBe('light')
})

test.each(['sepia', 5])('a theme that does not exist (%s) is the system’s', async (theme) => {
  await follow({ theme })
  expect(fake.nativeTheme.themeSource).toBe('system')
})
