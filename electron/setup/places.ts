import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The checkout, or the folder the package was installed to: the nearest one above that has a package.json. */
export const projectFolder = nearestPackage(import.meta.dirname)

function nearestPackage(folder: string): string {
  // Electron runs this from a bundle that lies elsewhere than its source.
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return nearestPackage(dirname(folder))
}

/** The networks that come with the lab. */
export const presetsFolder = join(projectFolder, 'resources/presets')

export const modulesFolder = join(projectFolder, 'node_modules')

/** Where tfjs-node's sources lie and where it looks for its binding. */
export const tfjsNodeFolder = join(modulesFolder, '@tensorflow/tfjs-node')

/**
 * Where downloads and builds are kept between installations: outside node_modules, which `npm ci` empties.
 * `SIGNUM_CACHE_DIR` chooses another one.
 */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.SIGNUM_CACHE_DIR) return resolve(environment.SIGNUM_CACHE_DIR)
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library/Caches/signum')
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(home, 'AppData/Local'), 'signum/Cache')
  return join(environment.XDG_CACHE_HOME || join(home, '.cache'), 'signum')
}
