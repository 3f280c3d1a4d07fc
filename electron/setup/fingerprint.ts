import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * SHA-256 over the names and contents of files and of everything in folders, as hexadecimal digits. Contents rather
 * than times: a fresh clone and a branch switched there and back make nothing stale.
 */
export function fingerprint(paths: readonly string[], ignore: (name: string) => boolean = () => false): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((root) => filesUnder(root, ignore))) {
    const content = readFileSync(path)
    hash.update(`${path}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesUnder(path: string, ignore: (name: string) => boolean): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !ignore(name))
    .sort()
    .flatMap((name) => filesUnder(join(path, name), ignore))
}
