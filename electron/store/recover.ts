import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'
import { fileTime, listBackups } from './backup.ts'
import type { DataFolder } from './data-folder.ts'
import { Database } from './database.ts'
import { renameDurably } from './durable-files.ts'
import { APPLICATION_ID } from './migrate.ts'
import { isDamage } from './sqlite-errors.ts'

export interface OpenedDatabase {
  readonly database: Database
  /** What was done to get it open, in sentences for the user. */
  readonly notices: readonly string[]
}

/** Marks a file that opens but is not sound. */
class Damage extends Error {}

/**
 * Opens the lab's database. A damaged one is moved aside, never deleted, and the newest sound backup takes its place.
 *
 * @throws SignumError `database_damaged` when the damaged files cannot be moved.
 */
export function openOrRecover(folder: DataFolder): OpenedDatabase {
  // Left by a process that died between making the file and writing to it.
  if (
    isEmptyFile(folder.database) &&
    !existsSync(`${folder.database}-wal`) &&
    listBackups(folder.backups).length === 0
  ) {
    rmSync(folder.database)
  }
  try {
    return { database: openSound(folder.database), notices: [] }
  } catch (error) {
    if (!(error instanceof Damage) && !isDamage(error)) throw error
  }
  const aside = moveAside(folder)
  const restored = listBackups(folder.backups).find((backup) => restore(backup, folder.database))
  const outcome = restored
    ? `The backup ${basename(restored)} took its place; what was recorded after it is only in the damaged file.`
    : 'There was no sound backup, so the lab starts with an empty history. The files of earlier runs are still in runs/.'
  return {
    database: openSound(folder.database),
    notices: [`The database was damaged and was moved to ${basename(aside)}. ${outcome}`],
  }
}

/** Opens a database for writing, or throws `Damage` if it is not sound or not the lab's. */
function openSound(path: string): Database {
  if (isEmptyFile(path)) throw new Damage('The file is empty.')
  const database = new Database(path)
  try {
    database.pragma('trusted_schema = OFF')
    // Before anything is written: the file may not be the lab's.
    requireSound(database)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function requireSound(database: Database): void {
  const verdict = database.pragma<string>('quick_check(1)')
  if (verdict !== 'ok') throw new Damage(verdict)
  const isNew = database.pragma<number>('page_count') === 0
  // A new file gets its application id from the first migration.
  if (!isNew && database.pragma<number>('application_id') !== APPLICATION_ID) {
    const tables = database.connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()
    if ((tables as { tables: number }).tables > 0) throw new Damage('It is not a database of Signum.')
  }
}

/** @returns whether the backup was sound and stands in the database's place. */
function restore(backup: string, path: string): boolean {
  if (isEmptyFile(backup)) return false
  const temporary = `${path}.tmp`
  copyFileSync(backup, temporary)
  const database = new Database(temporary, { readonly: true })
  try {
    requireSound(database)
  } catch (error) {
    if (error instanceof Damage || isDamage(error)) return false
    throw error
  } finally {
    database.close()
  }
  renameDurably(temporary, path)
  return true
}

/** @returns the new name of the database file. */
function moveAside(folder: DataFolder): string {
  const aside = `${folder.database}.corrupt-${fileTime(new Date())}`
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(folder.database + suffix)) renameSync(folder.database + suffix, aside + suffix)
    }
  } catch (cause) {
    throw new SignumError(
      'database_damaged',
      `The database ${folder.database} is damaged and cannot be moved aside (${(cause as NodeJS.ErrnoException).code}). Move it away by hand and start again.`,
      { cause },
    )
  }
  return aside
}

function isEmptyFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === 0
}
