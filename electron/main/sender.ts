import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { isAppUrl } from './scheme.ts'

/**
 * Whether a message comes from the page in our own window: from its top frame, showing our own origin. A frame that is
 * gone, that shows something else, or that shows nothing yet (an empty address) is nobody we know.
 */
export function isOwnPage(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, window: BrowserWindow | null) {
  const frame = event.senderFrame
  if (!window || window.isDestroyed() || !frame) return false
  return event.sender === window.webContents && frame.parent === null && isAppUrl(frame.url)
}
