import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { eventChannel, REQUEST_CHANNEL, type LabBridge, type Outcome } from '#shared/contract/bridge.ts'
import { toErrorMessage, SignumError } from '#shared/contract/errors.ts'
import { EVENTS } from '#shared/contract/events.ts'
import { METHODS } from '#shared/contract/methods.ts'

/**
 * All that the page can reach of the shell. It may name a method or an event of the contract; the channels behind them,
 * and Electron's own event objects, stay on this side.
 */
const bridge: LabBridge = {
  async request(method, input) {
    if (!isNameOf(METHODS, method)) return unknownName('method', method)
    return (await ipcRenderer.invoke(REQUEST_CHANNEL, method, input)) as Outcome
  },

  subscribe(event, listener) {
    if (!isNameOf(EVENTS, event)) return () => {}
    const receive = (_event: IpcRendererEvent, payload: unknown) => listener(payload)
    const channel = eventChannel(event)
    ipcRenderer.on(channel, receive)
    return () => void ipcRenderer.off(channel, receive)
  },
}

contextBridge.exposeInMainWorld('lab', bridge)

function isNameOf<Names extends object>(names: Names, name: unknown): name is keyof Names & string {
  return typeof name === 'string' && Object.hasOwn(names, name)
}

function unknownName(what: string, name: unknown): Outcome {
  const error = new SignumError('unknown_method', `The lab has no ${what} ${JSON.stringify(name)}.`)
  return { ok: false, error: toErrorMessage(error) }
}
