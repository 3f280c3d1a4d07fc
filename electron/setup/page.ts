import { join } from 'node:path'
import { buildIfStale } from './build.ts'
import { run } from './command.ts'
import { modulesFolder, projectFolder } from './places.ts'
import { say, seconds } from './report.ts'

const BUILD_LIMIT_MS = 5 * 60_000

const inProject = (...names: string[]) => names.map((name) => join(projectFolder, name))
const CONFIGURATION = ['vite.config.ts', 'electron.vite.config.ts', 'package-lock.json']

/**
 * Builds the page if its sources have changed since.
 *
 * @throws Error after the bundler's own words on stderr.
 */
export async function preparePage(): Promise<void> {
  await buildIfStale({
    inputs: inProject('renderer', 'shared', 'resources', ...CONFIGURATION),
    output: join(projectFolder, 'out/renderer/index.html'),
    stamp: join(projectFolder, 'out/renderer.made-of'),
    make: () => bundle('the page', join(modulesFolder, 'vite/bin/vite.js'), ['build', '--logLevel', 'warn']),
  })
}

/**
 * Builds what Electron runs: main process, preload and page.
 *
 * @throws Error after the bundler's own words on stderr.
 */
export async function prepareElectronBundle(): Promise<void> {
  await buildIfStale({
    inputs: inProject('electron', 'renderer', 'shared', 'resources', ...CONFIGURATION),
    ignore: (name) => name === 'build',
    output: join(projectFolder, 'out/main/main.js'),
    stamp: join(projectFolder, 'out/main.made-of'),
    make: () => bundle('the application', join(modulesFolder, 'electron-vite/bin/electron-vite.js'), ['build']),
  })
}

async function bundle(what: string, script: string, args: readonly string[]): Promise<void> {
  say(`Building ${what} ...`)
  const began = Date.now()
  const result = await run(process.execPath, [script, ...args], { cwd: projectFolder, limitMs: BUILD_LIMIT_MS })
  if (!result.ok) {
    say(result.stderr.trim())
    throw new Error(`Building ${what} failed${result.timedOut ? ': it took too long' : ', as the lines above say'}.`)
  }
  say(`  Built in ${seconds(Date.now() - began)}.`)
}
