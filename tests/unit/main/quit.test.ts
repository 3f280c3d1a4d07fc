import type { App } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { quitCleanly } from '#electron/main/quit.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

describe('quitting', () => {
  let closed: PromiseWithResolvers<void>
  const close = vi.fn(() => closed.promise)

  beforeEach(() => {
    fake.reset()
    close.mockClear()
    closed = Promise.withResolvers()
    vi.spyOn(console, 'error').mockReturnValue()
  })

  const exited = () => new Promise((resolve) => fake.app.once('test-exit', resolve))

  test('waits for the lab, asks it once, and lets the window keep its place', async () => {
    quitCleanly(fake.app as unknown as App, close)
    const window = new fake.BrowserWindow()
    const keptPlace = vi.fn()
    window.on('close', keptPlace)
    const exit = exited()
    fake.app.quit()
    fake.app.quit()
    expect(close).toHaveBeenCalledOnce()
    expect(fake.app.exitCode).toBeNull()
    closed.resolve()
    expect(await exit).toBe(0)
    expect(keptPlace).toHaveBeenCalledOnce()
  })

  test('follows the last window', async () => {
    quitCleanly(fake.app as unknown as App, close)
    const exit = exited()
    new fake.BrowserWindow().close()
    closed.resolve()
    expect(await exit).toBe(0)
  })

  test('is not held up by a lab that fails to close', async () => {
    quitCleanly(fake.app as unknown as App, close)
    const exit = exited()
    fake.app.quit()
    closed.reject(new Error('the disk is gone'))
    expect(await exit).toBe(1)
  })

  test('is not held up for ever by a lab that does not answer', async () => {
    quitCleanly(fake.app as unknown as App, close, 1)
    const exit = exited()
    fake.app.quit()
    expect(await exit).toBe(1)
  })
})
