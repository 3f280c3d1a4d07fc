import { resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { SignumError } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { formatCount } from '#shared/format/numbers.ts'
import { PACKED_ENDING } from '../input/packed.ts'
import { answer, withLabForReading, type Session } from '../session.ts'

interface Format {
  readonly ending: string
  /** The run's network as the bytes of a file. */
  content(lab: Lab, run: string): Promise<Uint8Array>
}

const FORMATS: Readonly<Record<string, Format>> = {
  json: {
    ending: '.json',
    async content(lab, run) {
      const { spec } = await lab.request('runs.get', { id: run })
      return Buffer.from(`${JSON.stringify(spec, null, 2)}\n`)
    },
  },
  packed: {
    ending: PACKED_ENDING,
    content: async (lab, run) => (await lab.request('runs.pack', { id: run })).file,
  },
}
const TO_COME = ['onnx', 'pytorch', 'c']

/** Writes a run's network to a file, whole or not at all. */
export async function exportRun(
  session: Session,
  run: string,
  options: { format: string; out?: string },
): Promise<void> {
  const format = requireFormat(options.format)
  const { name, content } = await withLabForReading(session, async (lab) => {
    const { id, spec } = await lab.request('runs.get', { id: run })
    return { name: `${spec.name}-${id}`.replaceAll(/[^\w.-]+/g, '-'), content: await format.content(lab, id) }
  })
  const path = resolve(options.out ?? name + format.ending)
  try {
    await writeFileAtomic(path, Buffer.from(content))
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const message = `${path} cannot be written (${reason}). Choose another place with --out.`
    throw new SignumError('file_unwritable', message, { cause })
  }
  const bytes = content.length
  answer(session, { file: path, format: options.format, bytes }, () => `Wrote ${path}, ${formatCount(bytes)} bytes.\n`)
}

function requireFormat(name: string): Format {
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name]!
  const known = Object.keys(FORMATS)
  throw TO_COME.includes(name)
    ? new SignumError(
        'not_supported',
        `Exporting as "${name}" is not supported yet. Choose --format ${known.join(' or ')}.`,
      )
    : new SignumError(
        'invalid_request',
        `--format must be one of ${[...known, ...TO_COME].join(', ')} (it is "${name}").`,
      )
}
