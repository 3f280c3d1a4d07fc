import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

function sync(path: string, flags: string): void {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Gives a finished temporary file its name, so that after a power failure there is either the old file or the whole new
 * one. Windows cannot open a folder to flush it, and keeps renames in its journal.
 */
export function renameDurably(temporary: string, name: string): void {
  sync(temporary, 'r+')
  renameSync(temporary, name)
  if (process.platform !== 'win32') sync(dirname(name), 'r')
}
