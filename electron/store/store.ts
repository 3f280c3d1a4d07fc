import { backUp } from './backup.ts'
import { unwritable, type DataFolder } from './data-folder.ts'
import { Database } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate, requireCurrent } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { openOrRecover } from './recover.ts'
import { EpochRepository } from './repositories/epochs.ts'
import { MarkRepository } from './repositories/marks.ts'
import { NetworkRepository } from './repositories/networks.ts'
import { PredictionRepository } from './repositories/predictions.ts'
import { RunRepository } from './repositories/runs.ts'
import { SettingsRepository } from './repositories/settings.ts'
import { StepRepository } from './repositories/steps.ts'
import { StretchRepository } from './repositories/stretches.ts'
import { isUnwritable } from './sqlite-errors.ts'

/** Everything the lab remembers. One process at a time has it open. */
export interface Store {
  readonly runs: RunRepository
  readonly epochs: EpochRepository
  readonly steps: StepRepository
  readonly marks: MarkRepository
  readonly stretches: StretchRepository
  readonly predictions: PredictionRepository
  readonly networks: NetworkRepository
  readonly settings: SettingsRepository
  /** What had to be done to open it, in sentences for the user. */
  readonly notices: readonly string[]
  /** All of `work` or nothing. */
  transaction<Result>(work: () => Result): Result
  /** Backs up what changed, closes the database and gives the folder free. */
  close(): void
}

/**
 * Opens the database of a data folder, repaired and migrated, and takes the folder for this process.
 *
 * @throws SignumError `data_folder_busy`, `data_folder_unwritable`, `database_too_new` or `database_damaged`.
 */
export function openStore(folder: DataFolder): Store {
  try {
    const release = lockFolder(folder.lock, folder.path)
    try {
      return openLocked(folder, release)
    } catch (error) {
      release()
      throw error
    }
  } catch (error) {
    throw isUnwritable(error) ? unwritable(folder.path, error) : error
  }
}

/**
 * Opens the database beside the process that owns the folder: reading does not disturb it.
 *
 * @throws SignumError `database_too_new` when it was written by another version than this one.
 */
export function openStoreForReading(folder: DataFolder): Store {
  const database = new Database(folder.database, { readonly: true })
  try {
    requireCurrent(database, MIGRATIONS)
  } catch (error) {
    database.close()
    throw error
  }
  return { ...repositories(database), notices: [], close: () => database.close() }
}

function openLocked(folder: DataFolder, release: () => void): Store {
  const { database, notices } = openOrRecover(folder)
  try {
    migrate(database, MIGRATIONS, folder.backups)
  } catch (error) {
    database.close()
    throw error
  }
  const changesAtStart = totalChanges(database)
  return {
    ...repositories(database),
    notices,
    close() {
      if (!database.connection.open) return
      try {
        if (totalChanges(database) > changesAtStart) backUp(database, folder.backups)
      } catch (error) {
        // Everything is in the database itself: what was done with the lab has not failed for want of a copy.
        console.error(`The database was not backed up. ${(error as Error).message}`)
      } finally {
        database.close()
        release()
      }
    },
  }
}

function repositories(database: Database): Omit<Store, 'notices' | 'close'> {
  return {
    runs: new RunRepository(database),
    epochs: new EpochRepository(database),
    steps: new StepRepository(database),
    marks: new MarkRepository(database),
    stretches: new StretchRepository(database),
    predictions: new PredictionRepository(database),
    networks: new NetworkRepository(database),
    settings: new SettingsRepository(database),
    transaction: (work) => database.transaction(work),
  }
}

function totalChanges(database: Database): number {
  return (database.connection.prepare('SELECT total_changes() AS changes').get() as { changes: number }).changes
}
