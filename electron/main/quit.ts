import type { App, Event } from 'electron'

/** Longer than the host gives a training run to write its checkpoint. */
const CLOSE_LIMIT_MS = 30_000

/** Ends the application only after `close` has ended, or failed, or taken too long: what was measured is kept. */
export function quitCleanly(app: App, close: () => Promise<void>, limitMs = CLOSE_LIMIT_MS): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event: Event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void closeWithin(close, limitMs).then((code) => {
      state = 'closed'
      if (code === 0) app.quit()
      else app.exit(code)
    })
  })
}

/** The exit code. */
async function closeWithin(close: () => Promise<void>, limitMs: number): Promise<number> {
  const late = Promise.withResolvers<number>()
  const timer = setTimeout(() => {
    console.error('The lab did not close in time.')
    late.resolve(1)
  }, limitMs)
  const closed = close().then(
    () => 0,
    (error: unknown) => {
      console.error('The lab did not close cleanly:', error)
      return 1
    },
  )
  const code = await Promise.race([closed, late.promise])
  clearTimeout(timer)
  return code
}
