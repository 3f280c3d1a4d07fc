import { SignumError } from '#shared/contract/errors.ts'

/** Comes with a later version: it says so instead of pretending. */
export async function importArchive(): Promise<never> {
  throw new SignumError('not_supported', 'Importing archives is not supported yet. "signum train" takes a spec file.')
}
