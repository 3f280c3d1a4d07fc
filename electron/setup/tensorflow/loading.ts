import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { lastLine, run } from '../command.ts'
import { tfjsNodeFolder } from '../places.ts'
import { bindingPath } from './binding.ts'

/** Loading maps 850 MB; on a cold disk that takes a while. */
const LOAD_LIMIT_MS = 60_000

const stampPath = join(tfjsNodeFolder, 'lib/verified.json')

const LOAD = 'const m = { exports: {} }; process.dlopen(m, process.argv[1]); console.log(m.exports.TF_Version)'

/** TensorFlow's version if exactly these files have been loaded before: checking that costs no load. */
export function verifiedVersion(): string | null {
  if (!existsSync(bindingPath) || !existsSync(stampPath)) return null
  try {
    const stamp = JSON.parse(readFileSync(stampPath, 'utf8')) as { files?: unknown; version?: unknown }
    return stamp.files === fingerprint() && typeof stamp.version === 'string' ? stamp.version : null
  } catch {
    // A stamp that cannot be read proves nothing; the load that follows does.
    return null
  }
}

/** The folder with the TensorFlow that tfjs-node is linked to, or null. */
export function linkedTree(): string | null {
  const deps = join(tfjsNodeFolder, 'deps')
  return existsSync(deps) ? realpathSync(deps) : null
}

/**
 * Loads the binding in a process of its own, where a processor without the instructions TensorFlow needs does no harm.
 *
 * @returns TensorFlow's version, such as "2.21.0".
 * @throws Error with the loader's words.
 */
export async function verifyBinding(): Promise<string> {
  const result = await run(process.execPath, ['-e', LOAD, bindingPath], {
    limitMs: LOAD_LIMIT_MS,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  })
  const version = result.stdout.trim()
  if (!result.ok || version === '') {
    const words = result.stderr.split('\n').find((line) => line.startsWith('Error:'))
    throw new Error(`it does not load: ${words?.slice('Error: '.length) ?? lastLine(result)}`)
  }
  await writeFileAtomic(stampPath, JSON.stringify({ files: fingerprint(), version }))
  return version
}

/** Changes whenever the binding or the libraries' place does. */
function fingerprint(): string {
  const binding = statSync(bindingPath)
  const library = realpathSync(join(tfjsNodeFolder, 'deps/lib'))
  return [binding.size, binding.mtimeMs, library, statSync(library).mtimeMs].join(' ')
}
