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
