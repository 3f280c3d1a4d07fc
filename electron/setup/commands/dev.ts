import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electronBinary, electronObstacle } from '../electron.ts'
import { runInForeground } from '../foreground.ts'
import { preparePage } from '../page.ts'
import { modulesFolder, projectFolder } from '../places.ts'
import { prepareEngine } from './prepare.ts'

/**
 * Runs the lab from its sources. In Electron the page changes while it is open; in the browser a rebuilt page or a
 * changed source restarts the server, which prints its new address.
 */
export async function dev(args: readonly string[]): Promise<number> {
  await prepareEngine()
  const electron = electronObstacle() === null ? electronBinary() : null
  if (electron !== null) {
    return runInForeground(process.execPath, [join(modulesFolder, 'electron-vite/bin/electron-vite.js'), 'dev'], {
      cwd: projectFolder,
      env: { ...process.env, ELECTRON_EXEC_PATH: electron },
    })
  }
  await preparePage()
  const bundler = spawn(
    process.execPath,
    [join(modulesFolder, 'vite/bin/vite.js'), 'build', '--watch', '--sourcemap', 'inline'],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  try {
    const watched = ['out/renderer', 'electron', 'shared'].map((name) => `--watch-path=${join(projectFolder, name)}`)
    const server = join(projectFolder, 'electron/server/main.ts')
    return await runInForeground(process.execPath, [...watched, server, '--no-open', ...args])
  } finally {
    bundler.kill()
  }
}
