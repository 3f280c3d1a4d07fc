import { join } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'
import { copyDatabase } from './backup.ts'
import type { Database } from './database.ts'

/** One numbered change of the schema. */
export interface Migration {
  /** The `user_version` that the database has afterwards. */
  readonly version: number
  readonly sql: string
}

/** "SGNM": tells a database of the lab from any other. */
export const APPLICATION_ID = 0x53474e4d

export function schemaVersion(database: Database): number {
  return database.pragma<number>('user_version')
}

/**
 * Brings the schema up to date, each step in a transaction of its own. Before a database with content is changed, it is
 * copied to `backups/lab.db.pre-v<version>`.
 *
 * @throws SignumError `database_too_new` when a newer Signum wrote it; nothing is changed then.
 */
export function migrate(database: Database, migrations: readonly Migration[], backups: string): void {
  const newest = migrations.at(-1)?.version ?? 0
  const current = schemaVersion(database)
  if (current > newest) throw tooNew(current, newest)
  if (current === newest) return
  // A table that is made anew is dropped in between, which would delete what refers to it. No pragma inside a
  // transaction could help: SQLite heeds this one only outside.
  const isEnforced = database.pragma('foreign_keys')
  database.pragma('foreign_keys = OFF')
  try {
    for (const { version, sql } of migrations) {
      if (version <= current) continue
      if (current > 0) copyDatabase(database, join(backups, `lab.db.pre-v${version}`))
      database.transaction(() => {
        database.connection.exec(sql)
        requireReferences(database, version)
        database.pragma(`application_id = ${APPLICATION_ID}`)
        database.pragma(`user_version = ${version}`)
      })
    }
  } finally {
    database.pragma(`foreign_keys = ${isEnforced}`)
  }
}

function requireReferences(database: Database, version: number): void {
  const broken = database.connection.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new Error(`Migration ${version} leaves ${broken.length} rows that refer to nothing.`)
}

/**
 * Refuses a database that cannot be read as it is.
 *
 * @throws SignumError `database_too_new` when another version of Signum wrote it.
 */
export function requireCurrent(database: Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0
  const current = schemaVersion(database)
  if (current > newest) throw tooNew(current, newest)
  if (current === newest) return
  throw new SignumError(
    'data_folder_busy',
    'The data folder is in use by an older Signum. Close it first, so that its database can be brought up to date.',
  )
}

function tooNew(current: number, newest: number): SignumError {
  return new SignumError(
    'database_too_new',
    `The data folder was written by a newer Signum (database version ${current}; this one reads up to ${newest}). Update Signum, or choose another folder with --data-dir.`,
  )
}
