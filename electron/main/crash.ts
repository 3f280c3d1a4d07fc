import type { BrowserWindow } from 'electron'

/** Two crashes within this time are no accident, and a third page would go the same way. */
const LOOP_MS = 10_000

/** Shows the page anew when its process has died. The lab and its runs live in other processes and have gone on. */
export function recoverFromCrashes(window: BrowserWindow, giveUp: (reason: string) => void, now = Date.now): void {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit') return
    console.error(`The window's process ended: ${reason}.`)
    const looping = now() - last < LOOP_MS
    last = now()
    if (looping) giveUp(`The window's process ended twice within seconds (${reason}).`)
    else window.webContents.reload()
  })
}
