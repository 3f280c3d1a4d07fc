import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { renameDurably } from './durable-files.ts'
import { translate } from './sqlite-errors.ts'

/** How many copies of the database are kept, besides those made before a migration. */
const KEPT_BACKUPS = 5
const ROUTINE = /^lab-.*\.db$/
const ANY = /^lab-.*\.db$|^lab\.db\.pre-v\d+$/

/**
 * Writes a whole, compact copy of an open database.
 *
 * @throws SignumError as `translate` tells, with nothing left half-written.
 */
export function copyDatabase(database: Database, path: string): void {
  const temporary = `${path}.tmp`
  rmSync(temporary, { force: true })
  try {
    database.connection.prepare('VACUUM INTO ?').run(temporary)
    renameDurably(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw translate(error, path)
  }
}

/** Copies the database into `backups` under the present time, and lets the oldest copies go. */
export function backUp(database: Database, backups: string, now = new Date()): void {
  copyDatabase(database, join(backups, `lab-${fileTime(now)}.db`))
  for (const path of newestFirst(backups, ROUTINE).slice(KEPT_BACKUPS)) rmSync(path, { force: true })
}

/** Every backup, the newest first. */
export function listBackups(backups: string): string[] {
  return newestFirst(backups, ANY)
}

/** A time that can stand in a file name and sorts as text: `20261123T001500123Z`. */
export function fileTime(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '')
}

function newestFirst(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time || b.path.localeCompare(a.path))
    .map(({ path }) => path)
}
