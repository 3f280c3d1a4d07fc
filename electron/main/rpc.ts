import type { BrowserWindow, IpcMain } from 'electron'
import { answerRequest } from '#electron/host/page/answer.ts'
import { eventChannel, REQUEST_CHANNEL, type Outcome } from '#shared/contract/bridge.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import { EVENTS, type EventName, type EventOf } from '#shared/contract/events.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { isOwnPage } from './sender.ts'

export type CurrentWindow = () => BrowserWindow | null

/** Answers the page's requests and tells it every event of the lab. */
export function mountLab(lab: Lab, ipc: IpcMain, currentWindow: CurrentWindow): void {
  ipc.handle(REQUEST_CHANNEL, async (event, method: unknown, input: unknown): Promise<Outcome> => {
    if (isOwnPage(event, currentWindow())) return answerRequest(lab, method, input)
    console.error(`A request from ${event.senderFrame?.url || 'an unknown page'} was refused.`)
    return { ok: false, error: toErrorMessage(new SignumError('invalid_request', 'Only the lab may ask this.')) }
  })
  for (const event of Object.keys(EVENTS) as EventName[]) {
    lab.subscribe(event, (payload) => tellPage(currentWindow(), event, payload))
  }
}

/** Sends one event to the page, if there is one to hear it. */
export function tellPage<E extends EventName>(window: BrowserWindow | null, event: E, payload: EventOf<E>): void {
  if (!window || window.isDestroyed() || window.webContents.isDestroyed()) return
  window.webContents.send(eventChannel(event), payload)
}
