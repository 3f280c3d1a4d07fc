import { SignumError } from '#shared/contract/errors.ts'

/** What SQLite's result codes mean to the lab; extended codes begin with the primary one. */
const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code

function startsWith(error: unknown, ...codes: string[]): boolean {
  const code = codeOf(error)
  return typeof code === 'string' && codes.some((prefix) => code.startsWith(prefix))
}

/** Another connection holds the lock. */
export const isBusy = (error: unknown) => startsWith(error, 'SQLITE_BUSY', 'SQLITE_LOCKED')

/** The file is no database, or a broken one. */
export const isDamage = (error: unknown) => startsWith(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB')

/** The file or its folder refuses to be opened or written. */
export const isUnwritable = (error: unknown) =>
  startsWith(error, 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_FULL', 'SQLITE_IOERR')

/** What a failed statement means to the user of the database at `path`; what is no trouble of its file stays as it is. */
export function translate(error: unknown, path: string): unknown {
  const code = codeOf(error) as string
  if (startsWith(error, 'SQLITE_FULL')) {
    const message = `The disk is full: ${path} cannot grow. Make room and try again.`
    return new SignumError('data_folder_unwritable', message, { cause: error })
  }
  if (isUnwritable(error)) {
    const message = `The database ${path} cannot be read or written (${code}). Look at the disk and its permissions.`
    return new SignumError('data_folder_unwritable', message, { cause: error })
  }
  if (isBusy(error)) {
    const message = `Another program keeps the database ${path} locked. Close it and try again.`
    return new SignumError('data_folder_busy', message, { cause: error })
  }
  if (isDamage(error)) {
    const message = `The database ${path} is damaged. Start Signum again: it restores the newest backup.`
    return new SignumError('database_damaged', message, { cause: error })
  }
  return error
}
