import type { BrowserWindow } from 'electron'
import { expect, test, vi } from 'vitest'
import { recoverFromCrashes } from '#electron/main/crash.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

test('a page whose process died is shown anew, but not over and over', () => {
  vi.spyOn(console, 'error').mockReturnValue()
  const window = new fake.BrowserWindow()
  const giveUp = vi.fn()
  let now = 0
  recoverFromCrashes(window as unknown as BrowserWindow, giveUp, () => now)
  const crash = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason })
  crash('clean-exit')
  expect(window.webContents.reloads).toBe(0)
  crash('oom')
  now = 60_000
  crash('crashed')
  expect(window.webContents.reloads).toBe(2)
  expect(giveUp).not.toHaveBeenCalled()
  now = 61_000
  crash('crashed')
  expect(window.webContents.reloads).toBe(2)
  expect(giveUp).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('crashed'))
})
