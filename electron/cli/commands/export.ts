import { resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { SignumError } from '#shared/contract/errors.ts'
import { answer, withLabForReading, type Session } from '../session.ts'

const FORMATS = ['json', 'packed', 'onnx', 'pytorch', 'c'] as const

/** Writes a run's network to a file. Only its spec can be written so far. */
export async function exportRun(
  session: Session,
  run: string,
  options: { format: string; out: string },
): Promise<void> {
  requireFormat(options.format)
  const { spec } = await withLabForReading(session, (lab) => lab.request('runs.get', { id: run }))
  const path = resolve(options.out)
  const text = `${JSON.stringify(spec, null, 2)}\n`
  try {
    await writeFileAtomic(path, text)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const message = `${path} cannot be written (${reason}). Choose another place with --out.`
    throw new SignumError('file_unwritable', message, { cause })
  }
  answer(session, { file: path, format: options.format, bytes: Buffer.byteLength(text) }, () => `Wrote ${path}.\n`)
}

function requireFormat(format: string): void {
  if (format === 'json') return
  const known = (FORMATS as readonly string[]).includes(format)
  throw known
    ? new SignumError('not_supported', `Exporting as "${format}" is not supported yet. Choose --format json.`)
    : new SignumError('invalid_request', `--format must be one of ${FORMATS.join(', ')} (it is "${format}").`)
}
