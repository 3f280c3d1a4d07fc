import { BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_URL } from './scheme.ts'
import { groundColour } from './theme.ts'
import { keepWindowPlace, readWindowPlace } from './window-state.ts'

export interface WindowOptions {
  /** The bundled preload script. */
  readonly preload: string
  /** File that keeps size and place between starts. */
  readonly stateFile: string
}

/** Opens the lab's window; it is shown once the page has drawn itself, so nothing flashes. */
export function openWindow({ preload, stateFile }: WindowOptions): BrowserWindow {
  const { maximized, ...place } = readWindowPlace(stateFile, screen)
  const window = new BrowserWindow({
    ...place,
    minWidth: 960,
    minHeight: 600,
    title: 'Signum',
    show: false,
    backgroundColor: groundColour(nativeTheme),
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  })
  if (maximized) window.maximize()
  keepWindowPlace(stateFile, window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(APP_URL)
  return window
}
