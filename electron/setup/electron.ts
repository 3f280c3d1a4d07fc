import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastLine, run } from './command.ts'
import { failureMemory } from './memory.ts'
import { modulesFolder } from './places.ts'
import { say, sayWhileWaiting } from './report.ts'

const PROBE_LIMIT_MS = 4_000
const DOWNLOAD_LIMIT_MS = 60_000

const electronPackage = join(modulesFolder, 'electron')

/**
 * Electron's program, or null. Looks at files only: requiring the `electron` package would start a download.
 */
export function electronBinary(
  packageFolder = electronPackage,
  environment: NodeJS.ProcessEnv = process.env,
): string | null {
  const pathFile = join(packageFolder, 'path.txt')
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && !existsSync(pathFile)) return null
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : programName(process.platform)
  const path = join(override || join(packageFolder, 'dist'), name)
  return existsSync(path) ? path : null
}

function programName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Why Electron could not open a window here even if it were installed, or null. */
export function electronObstacle(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  userId: number | undefined = process.getuid?.(),
): string | null {
  if (platform !== 'linux') return null
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no screen'
  if (userId === 0) return 'it does not run as root'
  return null
}

export interface ElectronProbes {
  obstacle(): string | null
  binary(): string | null
  /** The reason of a failure within the last day. */
  recall(): string | null
  remember(reason: string): Promise<void>
  /** Gets the binary within a time limit; throws the reason. */
  download(): Promise<void>
}

export type ElectronFound = { path: string; reason: null } | { path: null; reason: string }

/** Finds Electron's program or gets it, at most once a day where that fails. */
export async function findElectron(probes: ElectronProbes = realProbes()): Promise<ElectronFound> {
  const obstacle = probes.obstacle()
  if (obstacle !== null) return { path: null, reason: obstacle }
  const present = probes.binary()
  if (present !== null) return { path: present, reason: null }
  const failure = probes.recall()
  if (failure !== null) return { path: null, reason: failure }
  try {
    await probes.download()
  } catch (error) {
    const reason = (error as Error).message
    await probes.remember(reason)
    return { path: null, reason }
  }
  const path = probes.binary()
  return path === null ? { path, reason: 'its installer left no program' } : { path, reason: null }
}

function realProbes(): ElectronProbes {
  const memory = failureMemory('electron')
  return {
    obstacle: () => electronObstacle(),
    binary: () => electronBinary(),
    recall: memory.recall,
    remember: memory.remember,
    download,
  }
}

async function download(): Promise<void> {
  const installer = join(electronPackage, 'install.js')
  if (!existsSync(installer)) throw new Error('its package is not installed')
  await probe(process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/')
  say('Getting Electron (about 110 MB, once) ...')
  const waiting = sayWhileWaiting('downloading')
  const result = await run(process.execPath, [installer], { limitMs: DOWNLOAD_LIMIT_MS })
  waiting()
  if (result.ok) return
  rmSync(join(electronPackage, 'dist'), { recursive: true, force: true })
  throw new Error(`its download failed: ${lastLine(result)}`)
}

async function probe(address: string): Promise<void> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })
  } catch {
    throw new Error(`${new URL(address).host} cannot be reached`)
  }
}
