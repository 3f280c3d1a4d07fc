import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Database } from '#electron/store/database.ts'
import { migrate, schemaVersion, type Migration } from '#electron/store/migrate.ts'
import { MIGRATIONS } from '#electron/store/migrations/index.ts'
import { openStore, openStoreForReading } from '#electron/store/store.ts'
import { insertRun, temporaryStore } from '../../fixtures/store.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const STEPS: readonly Migration[] = [
  { version: 1, sql: "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('one')" },
  { version: 2, sql: "ALTER TABLE notes ADD COLUMN title TEXT DEFAULT 'none'" },
  { version: 3, sql: 'CREATE TABLE more (text TEXT)' },
]

function withDatabase(work: (database: Database, backups: string) => void): void {
  using folder = temporaryFolder()
  const database = new Database(join(folder.path, 'lab.db'))
  try {
    work(database, folder.path)
  } finally {
    database.close()
  }
}

const rows = (database: Database) => database.connection.prepare('SELECT * FROM notes').all()

describe('a migration', () => {
  it('goes through every step once, in order', () => {
    withDatabase((database, backups) => {
      migrate(database, STEPS, backups)
      expect(schemaVersion(database)).toBe(3)
      migrate(database, STEPS, backups)
      expect(rows(database)).toEqual([{ text: 'one', title: 'none' }])
    })
  })

  it('copies a database with content before it changes it', () => {
    withDatabase((database, backups) => {
      migrate(database, STEPS.slice(0, 1), backups)
      expect(existsSync(join(backups, 'lab.db.pre-v1'))).toBe(false)
      migrate(database, STEPS, backups)
      const before = new Database(join(backups, 'lab.db.pre-v2'), { readonly: true })
      expect(schemaVersion(before)).toBe(1)
      expect(rows(before)).toEqual([{ text: 'one' }])
      before.close()
    })
  })

  it('that fails leaves the version before it whole', () => {
    withDatabase((database, backups) => {
      const broken = [STEPS[0]!, { version: 2, sql: 'CREATE TABLE half (x TEXT); INSERT INTO nowhere VALUES (1)' }]
      expect(() => migrate(database, broken, backups)).toThrow(/nowhere/)
      expect(schemaVersion(database)).toBe(1)
      expect(rows(database)).toEqual([{ text: 'one' }])
      expect(database.connection.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([])
      migrate(database, STEPS, backups)
      expect(schemaVersion(database)).toBe(3)
    })
  })
})

describe('a database of a newer Signum', () => {
  it('is refused and left as it is', () => {
    using lab = temporaryStore()
    insertRun(lab.store, 'kept')
    lab.store.close()
    const database = new Database(lab.folder.database)
    const newer = MIGRATIONS.at(-1)!.version + 1
    database.pragma(`user_version = ${newer}`)
    database.close()
    for (const open of [openStore, openStoreForReading]) {
      expect(() => open(lab.folder)).toThrowError(
        expect.objectContaining({
          code: 'database_too_new',
          message: expect.stringContaining('Update Signum') as string,
        }),
      )
    }
    expect(readdirSync(lab.folder.path).filter((name) => name.includes('corrupt'))).toEqual([])
    const again = new Database(lab.folder.database)
    again.pragma(`user_version = ${newer - 1}`)
    again.close()
    lab.store = openStore(lab.folder)
    expect(lab.store.runs.summary('kept')?.id).toBe('kept')
  })
})

it('a second process can read what the first writes', () => {
  using lab = temporaryStore()
  const reader = openStoreForReading(lab.folder)
  insertRun(lab.store, 'abc')
  expect(reader.runs.list().map(({ id }) => id)).toEqual(['abc'])
  expect(() => insertRun(reader, 'def')).toThrowError(expect.objectContaining({ code: 'data_folder_unwritable' }))
  reader.close()
})
