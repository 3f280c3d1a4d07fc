import type { BrowserWindow, IpcMain } from 'electron'
import { expect, test, vi } from 'vitest'
import { mountLab } from '#electron/main/rpc.ts'
import '#electron/preload/preload.ts'
import type { LabBridge } from '#shared/contract/bridge.ts'
import { BridgeConnection } from '../../../renderer/rpc/bridge.ts'
import * as fake from '../../fixtures/electron/electron.ts'
import { describeTransport } from './support/conformance.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

describeTransport('the preload transport', () => ({
  connect: async (lab) => {
    fake.reset()
    const window = new fake.BrowserWindow()
    mountLab(lab, fake.ipcMain as unknown as IpcMain, () => window as unknown as BrowserWindow)
    const event = { sender: window.webContents, senderFrame: { parent: null, url: 'app://lab/' } }
    fake.ipcRenderer.onInvoke = (channel, ...args) => fake.ipcMain.invoke(channel, event, ...args)
    window.webContents.on('test-sent', (channel: string, payload: unknown) =>
      fake.ipcRenderer.emit(channel, {}, payload),
    )
    return new BridgeConnection(fake.contextBridge.exposed.get('lab') as LabBridge)
  },
  close: async () => fake.reset(),
}))

test('a shell that cannot be reached rejects with a SignumError', async () => {
  const bridge: LabBridge = { request: () => Promise.reject(new Error('no handler')), subscribe: () => () => {} }
  await expect(new BridgeConnection(bridge).request('lab.info', {})).rejects.toMatchObject({
    name: 'SignumError',
    code: 'disconnected',
  })
})
