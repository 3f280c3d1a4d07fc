import { existsSync } from 'node:fs'
import { readNamedFile } from './files.ts'

/** What `signum export` gives a packed network's name. */
export const PACKED_ENDING = '.packed'

/** As much as the lab takes. */
const PACKED_BYTES = 500_000_000

/** Whether the argument names a packed file rather than a run: ids have neither dots nor slashes. */
export function namesPackedFile(name: string): boolean {
  return /[.\\/]/.test(name) || existsSync(name)
}

/** @throws SignumError `file_unreadable`, naming the file. What is in it, the engine checks. */
export function readPackedFile(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readNamedFile(path, PACKED_BYTES))
}
