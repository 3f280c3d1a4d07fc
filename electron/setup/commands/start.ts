import { join } from 'node:path'
import { findElectron } from '../electron.ts'
import { prepareFastestBackend } from '../fastest-backend.ts'
import { runInForeground } from '../foreground.ts'
import { preparePage, prepareElectronBundle } from '../page.ts'
import { projectFolder } from '../places.ts'
import { messageOf, say } from '../report.ts'
import { prepareEngine } from './prepare.ts'

/** An Electron that fails this early has not opened a window: a library is missing, or its sandbox is forbidden. */
const STARTUP_MS = 8_000

/**
 * Opens the lab: in Electron where it is or can be had, else in the browser.
 *
 * @returns the exit code.
 */
export async function start(args: readonly string[]): Promise<number> {
  await prepareEngine()
  await prepareFastestBackend()
  const electron = await findElectron()
  if (electron.path === null) {
    say(`Electron is not available (${electron.reason}); Signum serves the lab to your browser instead.`)
    return servePrepared(args)
  }
  const code = await startElectron(electron.path, args)
  return code ?? servePrepared(args)
}

/** Null when Electron did not come up. */
async function startElectron(path: string, args: readonly string[]): Promise<number | null> {
  try {
    await prepareElectronBundle()
  } catch (error) {
    say(`${messageOf(error)}; Signum serves the lab to your browser instead.`)
    return null
  }
  const began = Date.now()
  const code = await runInForeground(path, [projectFolder, ...args], { cwd: projectFolder })
  if (code === 0 || Date.now() - began > STARTUP_MS) return code
  say(`Electron ended at once with code ${code}; Signum serves the lab to your browser instead.`)
  return null
}

/** Serves the lab to the browser, whether or not Electron is there. */
export async function serve(args: readonly string[]): Promise<number> {
  await prepareEngine()
  await prepareFastestBackend()
  return servePrepared(args)
}

async function servePrepared(args: readonly string[]): Promise<number> {
  await preparePage()
  return runInForeground(process.execPath, [join(projectFolder, 'electron/server/main.ts'), ...args])
}
