import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Finds the first of these programs on the search path, or null. */
export function findProgram(
  names: readonly string[],
  path = process.env.PATH ?? '',
  platform: NodeJS.Platform = process.platform,
): string | null {
  const suffix = platform === 'win32' ? '.exe' : ''
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)))
  return candidates.find(isExecutable) ?? null
}

/** A program's path, size and time of change, so that an upgrade in place shows; null where there is none. */
export function programState(path: string | null): string | null {
  const file = path === null ? undefined : statSync(path, { throwIfNoEntry: false })
  return file === undefined ? null : `${path} ${file.size} ${file.mtimeMs}`
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
