import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../places.ts'

/** The release that is taken from its Python wheel. */
export const WHEEL_VERSION = '2.21.0'
/** The release that tfjs-node 4.22.0 downloads by itself. */
export const DOWNLOAD_VERSION = '2.9.1'

/**
 * An unpacked TensorFlow in the cache: `lib/` with the libraries under the names that tfjs-node links to, `include/`
 * with the headers of the C API, and `binding/` with tfjs-node's binding compiled against them.
 */
export interface TensorflowTree {
  readonly version: string
  readonly folder: string
}

export function treeFor(version: string): TensorflowTree {
  return { version, folder: join(cacheFolder(), `tensorflow-${version}-${process.platform}-${process.arch}`) }
}

/** Complete trees in the cache, best first. */
export function cachedTrees(): TensorflowTree[] {
  return [WHEEL_VERSION, DOWNLOAD_VERSION].map(treeFor).filter((tree) => existsSync(tree.folder))
}

/**
 * Fills a new tree in a temporary folder beside its place and moves it there when it is complete, so that an
 * interrupted installation never looks like a finished one. What was there before goes only when the new one stands.
 */
export async function createTree(version: string, fill: (folder: string) => Promise<void>): Promise<TensorflowTree> {
  const tree = treeFor(version)
  mkdirSync(cacheFolder(), { recursive: true })
  removeAbandoned()
  const temporary = `${tree.folder}.${process.pid}.tmp`
  const former = `${tree.folder}.${process.pid}.former.tmp`
  try {
    mkdirSync(temporary)
    await fill(temporary)
    if (existsSync(tree.folder)) renameSync(tree.folder, former)
    renameSync(temporary, tree.folder)
    return tree
  } finally {
    for (const folder of [temporary, former]) rmSync(folder, { recursive: true, force: true })
  }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Removes what an installation that was killed has left. */
function removeAbandoned(): void {
  for (const name of readdirSync(cacheFolder())) {
    const path = join(cacheFolder(), name)
    if (name.endsWith('.tmp') && Date.now() - statSync(path).mtimeMs > DAY_MS) {
      rmSync(path, { recursive: true, force: true })
    }
  }
}
