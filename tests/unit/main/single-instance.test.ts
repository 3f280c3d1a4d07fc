import type { App, BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { claimSingleInstance } from '#electron/main/single-instance.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))
beforeEach(() => fake.reset())

const claim = () =>
  claimSingleInstance(
    fake.app as unknown as App,
    () => (fake.BrowserWindow.windows[0] ?? null) as unknown as BrowserWindow | null,
  )

test('a second start brings the first one’s window to the front', () => {
  expect(claim()).toBe(true)
  fake.app.emit('second-instance')
  const window = new fake.BrowserWindow()
  window.minimized = true
  fake.app.emit('second-instance')
  expect(window).toMatchObject({ minimized: false, focused: true })
})

test('and does not go on itself', () => {
  fake.app.hasLock = false
  expect(claim()).toBe(false)
})
