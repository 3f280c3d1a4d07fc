import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What every shell tells the host about the application it belongs to. */
export interface Application {
  readonly version: string
  /** Null outside a checkout. */
  readonly commit: string | null
  readonly presetsFolder: string
}

/** Describes the application by the folder that holds its package.json. */
export function describeApplication(folder: string): Application {
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return {
    version: manifest.version,
    commit: readCommit(join(folder, '.git')),
    presetsFolder: join(folder, 'resources/presets'),
  }
}

const HASH = /^[0-9a-f]{40,64}$/

/** Git's own files instead of its program, which need not be installed. Null where they do not say. */
function readCommit(gitFolder: string): string | null {
  const head = readLines(join(gitFolder, 'HEAD'))[0] ?? ''
  if (HASH.test(head)) return head
  const reference = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1]
  if (reference === undefined) return null
  const loose = readLines(join(gitFolder, reference))[0] ?? ''
  if (HASH.test(loose)) return loose
  const packed = readLines(join(gitFolder, 'packed-refs')).find((line) => line.endsWith(` ${reference}`))
  return packed?.split(' ')[0] ?? null
}

function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
}
