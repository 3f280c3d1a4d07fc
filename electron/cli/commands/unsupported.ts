import { SignumError } from '#shared/contract/errors.ts'

/** Commands whose work comes with a later version: they say so instead of pretending. */
export async function importArchive(): Promise<never> {
  throw new SignumError('not_supported', 'Importing archives is not supported yet. "signum train" takes a spec file.')
}

export async function bench(): Promise<never> {
  throw new SignumError(
    'not_supported',
    'Benchmarks are not supported yet. "signum show" tells the time of a training step, "signum evaluate" that of an image.',
  )
}
