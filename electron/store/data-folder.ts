import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'

/** Where everything lies that a person makes with the lab. */
export interface DataFolder {
  readonly path: string
  /** SQLite, WAL. */
  readonly database: string
  readonly lock: string
  /** One folder a run, named by its id: `checkpoints/`, `snapshots/`. */
  readonly runs: string
  readonly models: string
  /** Whole copies of the database. */
  readonly backups: string
  readonly logs: string
}

interface Surroundings {
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
  readonly home?: string
}

/**
 * The data folder that was asked for, by `--data-dir` or `SIGNUM_DATA_DIR`, else the platform's usual place.
 */
export function resolveDataFolder(asked: string | undefined, surroundings: Surroundings = {}): string {
  const { environment = process.env, platform = process.platform, home = homedir() } = surroundings
  const chosen = asked ?? environment.SIGNUM_DATA_DIR
  if (chosen) return resolve(chosen)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Signum')
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Signum')
  // The specification tells to ignore a relative XDG_DATA_HOME.
  const shared = environment.XDG_DATA_HOME
  return join(shared && isAbsolute(shared) ? shared : join(home, '.local', 'share'), 'signum')
}

/**
 * Makes the folder and what belongs in it.
 *
 * @throws SignumError `data_folder_unwritable`, naming the folder and what to do.
 */
export function openDataFolder(path: string): DataFolder {
  const folder = layOut(resolve(path))
  try {
    for (const part of [folder.path, folder.runs, folder.models, folder.backups, folder.logs]) {
      mkdirSync(part, { recursive: true })
      accessSync(part, constants.W_OK | constants.X_OK)
    }
  } catch (error) {
    throw unwritable(folder.path, error)
  }
  return folder
}

export function unwritable(path: string, cause: unknown): SignumError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return new SignumError(
    'data_folder_unwritable',
    `The data folder ${path} cannot be written (${reason}). Choose another with --data-dir or SIGNUM_DATA_DIR, or change its permissions.`,
    { cause },
  )
}

function layOut(path: string): DataFolder {
  return {
    path,
    database: join(path, 'lab.db'),
    lock: join(path, 'lab.lock'),
    runs: join(path, 'runs'),
    models: join(path, 'models'),
    backups: join(path, 'backups'),
    logs: join(path, 'logs'),
  }
}
