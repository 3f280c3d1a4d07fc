import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { insertRun, temporaryStore } from '../../fixtures/store.ts'
import { openStore } from '#electron/store/store.ts'

it('a lab that cannot be backed up closes all the same, says so, and has kept everything', () => {
  using lab = temporaryStore()
  insertRun(lab.store, 'kept')
  rmSync(lab.folder.backups, { recursive: true })
  writeFileSync(lab.folder.backups, 'not a folder')
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  lab.store.close()
  expect(told).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('was not backed up'))
  told.mockRestore()
  rmSync(lab.folder.backups)
  mkdirSync(lab.folder.backups)
  lab.store = openStore(lab.folder)
  expect(lab.store.runs.list()).toHaveLength(1)
  expect(readdirSync(lab.folder.backups)).toEqual([])
})
