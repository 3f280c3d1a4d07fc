import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { lastLine, run } from '../command.ts'
import { modulesFolder, tfjsNodeFolder } from '../places.ts'
import { say, sayWhileWaiting, seconds } from '../report.ts'
import { bindingPath } from './binding.ts'
import { createTree, DOWNLOAD_VERSION, type TensorflowTree } from './tree.ts'

const PROBE_LIMIT_MS = 4_000
const DOWNLOAD_LIMIT_MS = 3 * 60_000
const HOST = process.env.TFJS_NODE_CDN_STORAGE ?? 'https://storage.googleapis.com/'

/**
 * Lets tfjs-node fetch TensorFlow as its own install script does, after a quick look whether that can work at all:
 * the storage it uses is closed to some (tensorflow/tfjs#8742). Nothing stays in its folder when it fails.
 *
 * @throws Error with the reason.
 */
export async function treeFromDownload(): Promise<TensorflowTree> {
  await probe()
  say(`Letting tfjs-node download TensorFlow ${DOWNLOAD_VERSION} ...`)
  const manifest = join(tfjsNodeFolder, 'package.json')
  const manifestBefore = readFileSync(manifest)
  const began = Date.now()
  const waiting = sayWhileWaiting('downloading')
  try {
    const result = await run(process.execPath, ['scripts/install.js'], {
      cwd: tfjsNodeFolder,
      limitMs: DOWNLOAD_LIMIT_MS,
      env: { ...process.env, PATH: [join(modulesFolder, '.bin'), process.env.PATH].join(delimiter) },
    })
    if (!result.ok) throw new Error(`its download failed: ${lastLine(result)}`)
    say(`  Done in ${seconds(Date.now() - began)}.`)
    return await createTree(DOWNLOAD_VERSION, async (folder) => {
      const deps = join(tfjsNodeFolder, 'deps')
      cpSync(join(deps, 'lib'), join(folder, 'lib'), { recursive: true, verbatimSymlinks: true })
      cpSync(join(deps, 'include'), join(folder, 'include'), { recursive: true })
      cpSync(bindingPath, join(folder, 'binding/tfjs_binding.node'))
    })
  } finally {
    waiting()
    // The script renames its package while it works; a killed one leaves that behind.
    writeFileSync(manifest, manifestBefore)
    for (const name of ['deps', 'lib']) rmSync(join(tfjsNodeFolder, name), { recursive: true, force: true })
  }
}

async function probe(): Promise<void> {
  const host = new URL(HOST).host
  const url = new URL(`tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-${DOWNLOAD_VERSION}.tar.gz`, HOST)
  let response: Response
  try {
    response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })
  } catch {
    throw new Error(`${host} cannot be reached`)
  }
  if (!response.ok) throw new Error(`${host} answers ${response.status}`)
}
