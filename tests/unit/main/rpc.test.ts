import type { BrowserWindow, IpcMain } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { mountLab } from '#electron/main/rpc.ts'
import { REQUEST_CHANNEL } from '#shared/contract/bridge.ts'
import * as fake from '../../fixtures/electron/electron.ts'
import { MemoryLab } from '../../fixtures/memory-lab.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

const refused = { ok: false, error: { code: 'invalid_request', message: 'Only the lab may ask this.' } }

describe('requests over IPC', () => {
  let window: fake.BrowserWindow
  let lab: MemoryLab

  beforeEach(() => {
    fake.reset()
    vi.spyOn(console, 'error').mockReturnValue()
    window = new fake.BrowserWindow()
    lab = new MemoryLab({ 'settings.get': () => ({ theme: 'dark' }) })
    const current = () => (window.destroyed ? null : (window as unknown as BrowserWindow))
    mountLab(lab, fake.ipcMain as unknown as IpcMain, current)
  })

  function invoke(event: unknown): Promise<unknown> {
    return fake.ipcMain.invoke(REQUEST_CHANNEL, event, 'settings.get', {})
  }

  test('of the page in our window are answered', async () => {
    const event = { sender: window.webContents, senderFrame: { parent: null, url: 'app://lab/#/train' } }
    expect(await invoke(event)).toEqual({ ok: true, output: { theme: 'dark' } })
  })

  test('of anyone else are refused', async () => {
    const sender = window.webContents
    const strangers: unknown[] = [
      { sender, senderFrame: null },
      { sender, senderFrame: { parent: null, url: '' } },
      { sender, senderFrame: { parent: null, url: 'about:blank' } },
      { sender, senderFrame: { parent: null, url: 'https://example.org/' } },
      { sender, senderFrame: { parent: null, url: 'app://lab.evil/' } },
      { sender, senderFrame: { parent: {}, url: 'app://lab/' } },
      { sender: new fake.FakeContents(), senderFrame: { parent: null, url: 'app://lab/' } },
    ]
    for (const event of strangers) expect(await invoke(event)).toEqual(refused)
  })

  test('are refused once the window has gone', async () => {
    const event = { sender: window.webContents, senderFrame: { parent: null, url: 'app://lab/' } }
    window.close()
    expect(await invoke(event)).toEqual(refused)
  })

  test('of unknown methods and with wrong input are answered with an error', async () => {
    const event = { sender: window.webContents, senderFrame: { parent: null, url: 'app://lab/' } }
    const ask = (...args: unknown[]) => fake.ipcMain.invoke(REQUEST_CHANNEL, event, ...args)
    for (const method of ['lab.destroy', 'constructor', 42, null, undefined, ['lab.info']]) {
      expect(await ask(method, {})).toMatchObject({ ok: false, error: { code: 'unknown_method' } })
    }
    expect(await ask('settings.get', { more: 1 })).toMatchObject({ ok: false, error: { code: 'invalid_request' } })
  })

  test('events reach the page, and nobody once there is none', () => {
    lab.emit('lab.notice', { message: 'a' })
    expect(window.webContents.sent).toEqual([{ channel: 'lab:event:lab.notice', payload: { message: 'a' } }])
    window.webContents.destroyed = true
    lab.emit('lab.notice', { message: 'b' })
    window.close()
    lab.emit('lab.notice', { message: 'c' })
    expect(window.webContents.sent).toHaveLength(1)
  })
})
