import { rmSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { SignumError } from '#shared/contract/errors.ts'
import { isBusy, isDamage } from './sqlite-errors.ts'

/** Who holds a data folder. */
interface Holder {
  readonly pid: number
  /** ISO 8601, UTC. */
  readonly since: string
}

/**
 * Makes this process the only one that writes to a data folder, until it releases the lock or ends.
 *
 * The lock is a write transaction left open on a tiny database beside `lab.db`: the operating system takes it back
 * however the process dies, so there is no stale lock to recognise and no process id to mistake for a younger process
 * that got the same one. Others can still read who holds it.
 *
 * @returns the way to release it.
 * @throws SignumError `data_folder_busy`, naming the process that holds it.
 */
export function lockFolder(lockFile: string, folder: string): () => void {
  const connection = openLock(lockFile)
  try {
    // Committed first, so that others can read it; then held.
    connection.exec('BEGIN IMMEDIATE; DELETE FROM holder')
    connection.prepare('INSERT INTO holder (pid, since) VALUES (?, ?)').run(process.pid, new Date().toISOString())
    connection.exec('COMMIT; BEGIN IMMEDIATE')
  } catch (error) {
    const holder = isBusy(error) ? readHolder(connection) : undefined
    connection.close()
    throw isBusy(error) ? folderBusy(folder, holder) : error
  }
  return () => connection.close()
}

function openLock(lockFile: string, mend = true): BetterSqlite.Database {
  const connection = new BetterSqlite(lockFile, { timeout: 0 })
  try {
    connection.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL)')
    return connection
  } catch (error) {
    if (isBusy(error)) return connection
    connection.close()
    if (!mend || !isDamage(error)) throw error
    // Nothing in it outlives a process, so a damaged one is worth nothing.
    rmSync(lockFile, { force: true })
    return openLock(lockFile, false)
  }
}

function readHolder(connection: BetterSqlite.Database): Holder | undefined {
  try {
    return connection.prepare<[], Holder>('SELECT pid, since FROM holder').get()
  } catch {
    // The other process is between its two transactions; who it is does not matter enough to wait.
    return undefined
  }
}

function folderBusy(folder: string, holder: Holder | undefined): SignumError {
  const who = holder ? `process ${holder.pid}, which opened it at ${holder.since}` : 'another process'
  return new SignumError(
    'data_folder_busy',
    `The data folder ${folder} is in use by ${who}. Close that Signum first, or choose another folder with --data-dir.`,
  )
}
