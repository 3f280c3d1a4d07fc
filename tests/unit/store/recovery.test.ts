import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { insertRun, temporaryStore, type TemporaryStore } from '../../fixtures/store.ts'
import { openStore } from '#electron/store/store.ts'

/** A store whose one run is in the newest backup too. */
function storeWithBackup(): TemporaryStore {
  const lab = temporaryStore()
  insertRun(lab.store, 'kept')
  lab.store.close()
  return lab
}

function reopen(lab: TemporaryStore) {
  lab.store = openStore(lab.folder)
  return lab.store
}

const corruptFiles = (lab: TemporaryStore) =>
  readdirSync(lab.folder.path).filter((name) => name.startsWith('lab.db.corrupt-'))

const DAMAGES: readonly [string, (path: string) => void][] = [
  ['emptied', (path) => writeFileSync(path, '')],
  ['zeroed', (path) => writeFileSync(path, new Uint8Array(readFileSync(path).length))],
  ['truncated to half a page', (path) => truncateSync(path, 2000)],
  ['truncated to three pages', (path) => truncateSync(path, 3 * 4096)],
  ['random text', (path) => writeFileSync(path, 'Dear diary, '.repeat(5000))],
  ['with a broken page', (path) => overwrite(path, 4096 * 2, 4096)],
  ['another application’s database', writeForeignDatabase],
]

function overwrite(path: string, offset: number, length: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, offset, offset + length)
  writeFileSync(path, bytes)
}

function writeForeignDatabase(path: string): void {
  rmSync(path)
  const database = new BetterSqlite(path)
  database.exec('CREATE TABLE recipes (name TEXT)')
  database.close()
}

describe.each(DAMAGES)('a database that is %s', (_name, damage) => {
  it('is moved aside, and the newest backup takes its place', () => {
    using lab = storeWithBackup()
    damage(lab.folder.database)
    const damaged = readFileSync(lab.folder.database)
    const { runs, notices } = reopen(lab)
    expect(runs.summary('kept')?.id).toBe('kept')
    expect(notices).toEqual([
      expect.stringMatching(/was damaged and was moved to lab\.db\.corrupt-\S+\. The backup lab-/),
    ])
    const [aside] = corruptFiles(lab)
    expect(readFileSync(join(lab.folder.path, aside!))).toEqual(damaged)
    expect(lab.reopen().notices).toEqual([])
  })

  it('gives way to an older backup when the newest is damaged too', () => {
    using lab = storeWithBackup()
    const [good] = readdirSync(lab.folder.backups)
    const newest = join(lab.folder.backups, 'lab-99991231T000000000Z.db')
    copyFileSync(join(lab.folder.backups, good!), newest)
    damage(newest)
    damage(lab.folder.database)
    expect(reopen(lab).runs.summary('kept')?.id).toBe('kept')
  })

  it('starts anew where there is no backup, and says so', () => {
    using lab = storeWithBackup()
    for (const name of readdirSync(lab.folder.backups)) rmSync(join(lab.folder.backups, name))
    damage(lab.folder.database)
    const isEmpty = readFileSync(lab.folder.database).length === 0
    const { runs, notices } = reopen(lab)
    expect(runs.list()).toEqual([])
    // An empty file without a backup is what a process leaves that died while it made the database.
    expect(notices).toEqual(isEmpty ? [] : [expect.stringContaining('no sound backup')])
  })
})

it('is not taken from a process that is at work', () => {
  using lab = temporaryStore()
  insertRun(lab.store, 'kept')
  expect(() => openStore(lab.folder)).toThrowError(expect.objectContaining({ code: 'data_folder_busy' }))
  expect(lab.store.runs.summary('kept')?.id).toBe('kept')
})

describe('backups', () => {
  it('are made when something changed, and only five are kept', () => {
    using lab = temporaryStore()
    for (let run = 0; run < 8; run++) {
      insertRun(lab.store, `run${run}`)
      lab.reopen()
    }
    const backups = readdirSync(lab.folder.backups).sort()
    expect(backups).toHaveLength(5)
    lab.reopen()
    expect(readdirSync(lab.folder.backups).sort()).toEqual(backups)
  })
})
