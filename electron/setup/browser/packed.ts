import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { lastLine, run } from '../command.ts'
import { cacheFolder, modulesFolder } from '../places.ts'
import { say, seconds } from '../report.ts'

const packageFolder = join(modulesFolder, '@sparticuz/chromium')

/** Archives beside the program: its software renderer, a font, and the libraries that a bare system lacks. */
const ARCHIVES = { swiftshader: '', fonts: '', al2023: 'libraries' } as const

const UNPACK_LIMIT_MS = 60_000
const START_LIMIT_MS = 30_000

export interface PackedBrowser {
  readonly executablePath: string
  /** Variables it has to be started with. */
  readonly environment: Readonly<Record<string, string>>
}

/** Whether the Chromium from npm suits this machine. */
export function isPackedBrowserUsable(platform = process.platform, architecture = process.arch): boolean {
  return platform === 'linux' && architecture === 'x64' && existsSync(join(packageFolder, 'bin/chromium.br'))
}

/**
 * Unpacks the Chromium that comes inside its npm package, once, into the cache.
 *
 * @throws Error with the reason.
 */
export async function packedBrowser(): Promise<PackedBrowser> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cacheFolder(), `chromium-${version}`)
  if (!existsSync(folder)) await unpack(folder)
  const executablePath = join(folder, 'chromium')
  return { executablePath, environment: await environmentFor(executablePath, folder) }
}

async function unpack(folder: string): Promise<void> {
  say('Unpacking Chromium for the tests (200 MB, once) ...')
  const began = Date.now()
  const temporary = `${folder}.${process.pid}.tmp`
  try {
    mkdirSync(temporary, { recursive: true })
    await decompress('chromium.br', join(temporary, 'chromium'), 0o755)
    for (const [name, target] of Object.entries(ARCHIVES)) await extract(`${name}.tar.br`, join(temporary, target))
    writeFileSync(join(temporary, 'fonts.conf'), fontConfiguration(join(folder, 'fonts')))
    if (!existsSync(folder)) renameSync(temporary, folder)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  say(`  Unpacked in ${seconds(Date.now() - began)}.`)
}

function decompress(name: string, target: string, mode = 0o644): Promise<void> {
  const source = createReadStream(join(packageFolder, 'bin', name))
  return pipeline(source, createBrotliDecompress(), createWriteStream(target, { mode }))
}

async function extract(name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const archive = join(folder, 'archive.tar')
  await decompress(name, archive)
  const result = await run('tar', ['-xf', archive, '-C', folder], { limitMs: UNPACK_LIMIT_MS })
  rmSync(archive)
  if (!result.ok) throw new Error(`${name} could not be unpacked: ${lastLine(result)}`)
}

/** The system's fonts and the one that was unpacked, so that there is text on a machine without any. */
function fontConfiguration(folder: string): string {
  const directories = ['/usr/share/fonts', '/usr/local/share/fonts', folder].map((path) => `  <dir>${path}</dir>`)
  return ['<?xml version="1.0"?>', '<fontconfig>', ...directories, '</fontconfig>', ''].join('\n')
}

/** Adds the unpacked libraries only where the program does not start without them: the system's own are newer. */
async function environmentFor(executablePath: string, folder: string): Promise<Record<string, string>> {
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  if (await starts(executablePath, {})) return fonts
  const libraries = { LD_LIBRARY_PATH: join(folder, 'libraries/lib') }
  if (await starts(executablePath, libraries)) return { ...fonts, ...libraries }
  throw new Error('the Chromium from npm does not start on this machine')
}

async function starts(executablePath: string, environment: Record<string, string>): Promise<boolean> {
  const env = { ...process.env, ...environment }
  return (await run(executablePath, ['--version'], { limitMs: START_LIMIT_MS, env })).ok
}
