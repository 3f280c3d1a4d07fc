import { readFileSync, statSync } from 'node:fs'
import { SignumError } from '#shared/contract/errors.ts'

/** A file that a person named; larger ones are refused before they are read. */
export function readNamedFile(path: string, limitBytes: number): Buffer {
  try {
    const { size } = statSync(path)
    if (size > limitBytes) {
      throw new SignumError(
        'file_unreadable',
        `${path} has ${size} bytes, more than the ${limitBytes} that such a file may have.`,
      )
    }
    return readFileSync(path)
  } catch (cause) {
    if (cause instanceof SignumError) throw cause
    throw new SignumError('file_unreadable', `${path} cannot be read: ${reason(cause)}.`, { cause })
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission is denied',
  }
  return (code && known[code]) ?? message
}
