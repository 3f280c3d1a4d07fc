import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Application {
  readonly version: string
  /** Commit of the checkout it runs from, or null where there is none. */
  readonly commit: string | null
}

/** Version and commit of the project in `folder`, for `createHost` and for every run's provenance. */
export function readApplication(folder: string): Application {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { version, commit: readCommit(join(folder, '.git')) }
}

/** Read from git's files: no git command need be installed, and no process is started. */
function readCommit(gitFolder: string): string | null {
  const head = read(join(gitFolder, 'HEAD'))
  const reference = head?.startsWith('ref: ') ? head.slice('ref: '.length) : null
  const commit = reference ? (read(join(gitFolder, reference)) ?? packedReference(gitFolder, reference)) : head
  return commit && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null
}

function packedReference(gitFolder: string, reference: string): string | null {
  const line = read(join(gitFolder, 'packed-refs'))
    ?.split('\n')
    .find((candidate) => candidate.endsWith(` ${reference}`))
  return line?.split(' ')[0] ?? null
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
