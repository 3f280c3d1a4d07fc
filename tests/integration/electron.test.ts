import { execFileSync } from 'node:child_process'
import { builtinModules } from 'node:module'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ShellProcess } from './support/shell-process.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Inside the project, where the bundles find their packages as they do in out/. */
const OUT = join(ROOT, 'node_modules/.cache/electron-test')

/** How long a start may take on a busy machine; nothing waits for it to pass. */
const PATIENCE_MS = 60_000

beforeAll(() => {
  rmSync(OUT, { recursive: true, force: true })
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--outDir', OUT],
    { cwd: ROOT, stdio: 'pipe' },
  )
})

afterAll(() => rmSync(OUT, { recursive: true, force: true }))

/** What a bundle takes from outside itself, by its import statements, each on a line of its own. */
function imports(text: string): string[] {
  const found = [...text.matchAll(/^import (?:.* from )?"([^"]+)";$/gm)].map((match) => match[1]!)
  return [...new Set(found)].filter((name) => !name.startsWith('.'))
}

function bundle(...path: string[]): string {
  return readFileSync(join(OUT, ...path), 'utf8')
}

describe('the bundles for Electron', () => {
  test('are the shell, both engines, the preload script and the page', () => {
    expect(readdirSync(join(OUT, 'main'))).toEqual(expect.arrayContaining(['main.js', 'training.js', 'inference.js']))
    expect(readdirSync(join(OUT, 'preload'))).toEqual(['preload.cjs'])
    expect(readdirSync(join(OUT, 'renderer'))).toContain('index.html')
  })

  test('leave packages outside that are really installed, and only those', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const installed = new Set([...Object.keys(manifest.dependencies), 'electron', ...builtinModules])
    const files = readdirSync(join(OUT, 'main'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    )
    const packages = files.flatMap((file) => imports(bundle('main', file))).map(packageName)
    expect(packages).toContain('better-sqlite3')
    expect([...new Set(packages)].filter((name) => !installed.has(name))).toEqual([])
  })

  test('keep Electron out of the engines and TensorFlow out of the shell', () => {
    expect(imports(bundle('main', 'main.js'))).toContain('electron')
    expect(imports(bundle('main', 'main.js')).join()).not.toContain('@tensorflow')
    for (const engine of ['training.js', 'inference.js'])
      expect(imports(bundle('main', engine))).not.toContain('electron')
  })

  test('give the sandboxed preload script nothing to require but Electron', () => {
    const required = [...bundle('preload', 'preload.cjs').matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1])
    expect(required).toHaveLength(1)
    expect(required[0]).toMatch(/^["'`]electron["'`]$/)
  })
})

describe('the built page', () => {
  /** Names of vocabularies and a hint in an error message: written like addresses, never fetched. */
  const NAMES = /^https?:\/\/(www\.w3\.org\/|json-schema\.org\/|vuejs\.org\/error-reference\/)/

  test('names no address outside itself', () => {
    const folder = join(OUT, 'renderer')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(html|js|css|svg|json)$/.test(name),
    )
    const addresses = files.flatMap((file) =>
      [...bundle('renderer', file).matchAll(/(?:https?|wss?):\/\/[\w.-]+\.[a-z]+[^\s"'`)<>]*/g)]
        .map(([address]) => address)
        .filter((address) => !NAMES.test(address))
        .map((address) => `${file}: ${address}`),
    )
    expect(files.length).toBeGreaterThan(3)
    expect(addresses).toEqual([])
  })

  test('holds no script or style in its HTML, which its policy would refuse', () => {
    const html = bundle('renderer', 'index.html')
    expect(html).toMatch(/<script [^>]*src="/)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|data:/)
  })
})

describe('the shell', () => {
  let folder: string
  let shell: ShellProcess

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signum-shell-'))
    mkdirSync(join(folder, 'user'))
  })

  afterEach(async () => {
    await shell.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  function start(data = join(folder, 'data')): void {
    shell = new ShellProcess(join(OUT, 'main/main.js'), { data, user: join(folder, 'user') })
  }

  async function request(method: string, input: unknown = {}): Promise<unknown> {
    return shell.ask('request', { method, input })
  }

  async function opened(): Promise<{ journal: string[]; preload: string; theme: string; sent: unknown[] }> {
    return vi.waitUntil(async () => {
      const state = (await shell.ask('state')) as { journal: string[]; preload: string; theme: string; sent: unknown[] }
      return state.journal.includes('loadURL app://lab/') && state
    }, PATIENCE_MS)
  }

  test('takes every precaution before the first page is loaded, and the early ones before Electron is ready', async () => {
    start()
    const { journal, preload } = await opened()
    const at = (entry: string) => {
      expect(journal).toContain(entry)
      return journal.indexOf(entry)
    }
    for (const early of [
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'app.requestSingleInstanceLock',
    ]) {
      expect(at(early)).toBeLessThan(at('ready'))
    }
    for (const before of ['session.setPermissionRequestHandler', 'protocol.handle app']) {
      expect(at(before)).toBeLessThan(at('new BrowserWindow'))
    }
    expect(preload).toBe(join(OUT, 'preload/preload.cjs'))
    expect(await shell.ask('load', 'app://lab/')).toEqual({ status: 200, type: 'text/html; charset=utf-8' })
    expect(await shell.ask('load', 'app://lab/..%2fmain/main.js')).toMatchObject({ status: 404 })
  })

  test('answers the page from the same host as the server, engines and data folder included', async () => {
    start()
    await opened()
    expect(await request('lab.info')).toMatchObject({
      ok: true,
      output: { host: 'electron', dataFolder: join(folder, 'data') },
    })
    expect(await request('networks.list')).toMatchObject({
      ok: true,
      output: expect.arrayContaining([expect.objectContaining({ id: 'lenet-binary' })]),
    })
    expect(await request('settings.set', { key: 'theme', value: 'dark' })).toMatchObject({ ok: true })
    const { theme, sent } = await opened()
    expect(theme).toBe('dark')
    expect(sent).toContainEqual({ channel: 'lab:event:settings.changed', payload: { key: 'theme', value: 'dark' } })
    expect(await request('datasets.list')).toMatchObject({
      ok: true,
      output: expect.arrayContaining([expect.objectContaining({ name: 'mnist' })]),
    })
    shell.quit()
    expect(await exitOf(shell)).toEqual({ exit: 0, errors: [] })
  })

  test('says in a dialog why it cannot start', async () => {
    writeFileSync(join(folder, 'file'), '')
    start(join(folder, 'file'))
    expect(await shell.nextLine()).toMatchObject({
      exit: 1,
      errors: [{ title: 'Signum cannot start', content: expect.stringContaining(join(folder, 'file')) }],
    })
  })
})

/** The driver's last line; `quit` itself may be answered before it. */
async function exitOf(shell: ShellProcess): Promise<unknown> {
  const line = (await shell.nextLine()) as object
  return 'exit' in line ? line : shell.nextLine()
}

/** The package or built-in module that an import names. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier.slice('node:'.length)
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
