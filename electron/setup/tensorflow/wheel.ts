import { readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { lastLine, run, type CommandResult } from '../command.ts'
import { megabytes, say, sayWhileWaiting, seconds } from '../report.ts'
import { requireCompiler } from './compile.ts'
import { librariesOf, wheelPackage } from './library.ts'
import { createTree, WHEEL_VERSION, type TensorflowTree } from './tree.ts'

/** The headers that TensorFlow's C API includes; the other 260 MB of the wheel's `include` are for C++. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/']

const DOWNLOAD_LIMIT_MS = 10 * 60_000
const UNPACK_LIMIT_MS = 3 * 60_000

/**
 * A wheel is a zip archive, and Python is there whenever pip is; an unzip program may not be.
 * Arguments: the wheel, the folder to fill, the names or beginnings of names to take (inside `tensorflow/`).
 */
const UNPACK = `
import os, shutil, sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        name = entry.filename.removeprefix('tensorflow/')
        if entry.is_dir() or not name.startswith(tuple(wanted)):
            continue
        path = os.path.join(target, name if name.startswith('include/') else os.path.join('lib', name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(entry) as source, open(path, 'wb') as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
`

/**
 * Takes TensorFlow's C library out of its Python package.
 *
 * @throws Error with the reason when there is no pip, no such package for this machine, or no way to reach it.
 */
export async function treeFromWheel(): Promise<TensorflowTree> {
  const libraries = librariesOf(process.platform)
  requireCompiler()
  return createTree(WHEEL_VERSION, async (folder) => {
    const wheel = await downloadWheel(folder)
    const wanted = [...libraries.map(({ name }) => name), ...HEADERS.map((header) => `include/${header}`)]
    const began = Date.now()
    const result = await run('python3', ['-c', UNPACK, wheel, folder, ...wanted], { limitMs: UNPACK_LIMIT_MS })
    rmSync(wheel)
    if (!result.ok) throw new Error(`its package could not be unpacked: ${lastLine(result)}`)
    for (const { name, linkedAs } of libraries) symlinkSync(name, join(folder, 'lib', linkedAs))
    const size = libraries.reduce((sum, { name }) => sum + statSync(join(folder, 'lib', name)).size, 0)
    say(`  Unpacked ${megabytes(size)} of libraries in ${seconds(Date.now() - began)}.`)
  })
}

async function downloadWheel(folder: string): Promise<string> {
  const what = `${wheelPackage(process.platform, process.arch)}==${WHEEL_VERSION}`
  say(`Getting TensorFlow ${WHEEL_VERSION} from its Python package (about 270 MB, once): pip download ${what}`)
  const began = Date.now()
  const waiting = sayWhileWaiting('downloading')
  try {
    let result = await pipDownload(what, folder, [])
    // Only the C library is wanted, so a wheel made for another Python serves as well.
    if (!result.ok && /no matching distribution/i.test(result.stderr)) {
      result = await pipDownload(what, folder, ['--python-version', '3.12', '--only-binary=:all:'])
    }
    if (!result.ok) throw new Error(pipFailure(result))
  } finally {
    waiting()
  }
  const name = readdirSync(folder).find((file) => file.endsWith('.whl'))
  if (name === undefined) throw new Error('pip brought no wheel')
  const path = join(folder, name)
  say(`  Got ${megabytes(statSync(path).size)} in ${seconds(Date.now() - began)}.`)
  return path
}

function pipDownload(what: string, folder: string, further: readonly string[]): Promise<CommandResult> {
  const patience = ['--retries', '1', '--timeout', '10']
  const quiet = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off']
  return run(
    'python3',
    ['-m', 'pip', 'download', '--no-deps', ...patience, ...quiet, ...further, '--dest', folder, what],
    { limitMs: DOWNLOAD_LIMIT_MS },
  )
}

/** pip's failure in a few words. */
export function pipFailure(result: CommandResult): string {
  if (/ENOENT/.test(result.stderr)) return 'there is no python3'
  if (/No module named pip/.test(result.stderr)) return 'python3 has no pip'
  if (result.timedOut) return 'the download took too long'
  if (/NewConnectionError|Name or service not known|Failed to establish/.test(result.stderr)) {
    return 'the Python package index cannot be reached'
  }
  return `pip: ${lastLine(result)}`
}
