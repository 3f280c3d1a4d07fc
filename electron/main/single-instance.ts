import type { App, BrowserWindow } from 'electron'

/**
 * Two shells on one data folder would write over each other.
 *
 * @returns false where another Signum is already open; it comes to the front instead.
 */
export function claimSingleInstance(app: App, currentWindow: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const window = currentWindow()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  return true
}
