import { beforeEach, describe, expect, test, vi } from 'vitest'
import '#electron/preload/preload.ts'
import { REQUEST_CHANNEL, type LabBridge } from '#shared/contract/bridge.ts'
import { METHODS } from '#shared/contract/methods.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

describe('the preload script', () => {
  const bridge = fake.contextBridge.exposed.get('lab') as LabBridge
  const invoke = vi.fn<(channel: string, ...args: unknown[]) => Promise<unknown>>()

  beforeEach(() => {
    fake.reset()
    fake.ipcRenderer.onInvoke = invoke.mockReset().mockResolvedValue({ ok: true, output: 1 })
  })

  test('gives the page two functions and nothing else', () => {
    expect([...fake.contextBridge.exposed.keys()]).toEqual(['lab'])
    expect(Object.keys(bridge).sort()).toEqual(['request', 'subscribe'])
  })

  test('passes every method of the contract on, over one channel', async () => {
    for (const method of Object.keys(METHODS)) await bridge.request(method, { x: 1 })
    expect(invoke.mock.calls).toEqual(Object.keys(METHODS).map((method) => [REQUEST_CHANNEL, method, { x: 1 }]))
  })

  test.each(['lab.destroy', 'constructor', '__proto__', '', 'lab:request', 5, null, {}])(
    'passes the method %j on to nobody',
    async (method) => {
      expect(await bridge.request(method as string, {})).toMatchObject({ ok: false, error: { code: 'unknown_method' } })
      expect(invoke).not.toHaveBeenCalled()
    },
  )

  test('tells payloads without Electron’s event, until it is asked to stop', () => {
    const listener = vi.fn()
    const stop = bridge.subscribe('lab.notice', listener)
    fake.ipcRenderer.emit('lab:event:lab.notice', { sender: fake.ipcRenderer, ports: [] }, { message: 'a' })
    fake.ipcRenderer.emit('lab:event:networks.changed', {}, {})
    expect(listener).toHaveBeenCalledExactlyOnceWith({ message: 'a' })
    expect(stop()).toBeUndefined()
    fake.ipcRenderer.emit('lab:event:lab.notice', {}, { message: 'b' })
    expect(listener).toHaveBeenCalledOnce()
  })

  test.each(['lab:request', 'constructor', '', 7])('subscribes to no event %j', (event) => {
    bridge.subscribe(event as string, () => {})()
    expect(fake.ipcRenderer.eventNames()).toEqual([])
  })
})
