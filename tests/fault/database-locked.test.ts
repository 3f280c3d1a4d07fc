import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { nextEvent, openLab } from '../fixtures/lab.ts'
import { reaches, startRun } from '../fixtures/runs.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

it('a database that cannot be written ends the run, not the lab, and the run can be resumed', async () => {
  using folder = temporaryFolder()
  const lab = openLab(folder.path)
  const { id } = await startRun(lab, 'slow', 200)
  await nextEvent(lab, 'run.epoch')
  const notice = nextEvent(lab, 'lab.notice')
  const intruder = new BetterSqlite(join(folder.path, 'lab.db'))
  intruder.exec('BEGIN IMMEDIATE')
  expect((await notice).message).toMatch(/Another program keeps the database .* locked/)
  intruder.exec('ROLLBACK')
  intruder.close()
  const running = reaches(lab, id, 'running')
  await lab.request('runs.resume', { id })
  await running
  await lab.close()
})
