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

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
