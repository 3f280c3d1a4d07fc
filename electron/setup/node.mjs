import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript for any Node since 20: it is what an old Node reads before a new one takes over.

const WANTED_MAJOR = 24
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** Tells a process that it was started by an older Node, so that two old ones never call each other. */
const HANDED_OVER = 'SIGNUM_HANDED_OVER'

/** The Node that `npm ci` brought, or null. */
function packagedNode() {
  if (process.env[HANDED_OVER]) return null
  const require = createRequire(import.meta.url)
  const system = process.platform === 'win32' ? 'win' : process.platform
  const names = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]
  for (const name of names) {
    try {
      const folder = dirname(require.resolve(`${name}/package.json`))
      const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
      if (existsSync(path)) return path
    } catch {
      // Not installed on this platform.
    }
  }
  return null
}

/**
 * True when this Node can run the lab. Otherwise runs the same command again under the Node that came with the
 * packages, whose exit code becomes this one's, or says what to do; the caller then has nothing left to do.
 *
 * @param {string} moduleUrl `import.meta.url` of the script that was started
 * @param {string} version of the running Node
 * @returns {Promise<boolean>}
 */
export async function runsOnLabNode(moduleUrl, version = process.versions.node) {
  if (Number.parseInt(version, 10) >= WANTED_MAJOR) return true
  const node = packagedNode()
  if (node === null) {
    const project = resolve(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), '../..')
    console.error(
      `Signum needs Node ${WANTED_MAJOR} and this is Node ${version}: ` +
        `run "npm ci" in ${project}, which brings the right one, or install it from https://nodejs.org.`,
    )
    process.exitCode = 1
    return false
  }
  await passOn(node, [fileURLToPath(moduleUrl), ...process.argv.slice(2)])
  return false
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function passOn(command, args) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, [HANDED_OVER]: '1' } })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  const [code, signal] = await new Promise((settle) => {
    child.once('exit', (...end) => settle(end))
    child.once('error', () => settle([1, null]))
  })
  process.exitCode = signal === null ? code : 1
}
