import { mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A log larger than this is put aside, in place of the one before, when the next engine starts. */
const LOG_BYTES = 5_000_000

/** Opens the file that takes what engines print, to append to it. The caller closes it. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(path, `${path}.old`)
  return openSync(path, 'a')
}
