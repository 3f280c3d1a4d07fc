import { existsSync, rmSync } from 'node:fs'
import { tfjsNodeFolder } from './places.ts'
import { messageOf, say } from './report.ts'
import { bindingPath, compileBinding, hasBinding, linkTree } from './tensorflow/binding.ts'
import { treeFromDownload } from './tensorflow/download.ts'
import { verifiedVersion, verifyBinding } from './tensorflow/loading.ts'
import { cachedTrees, type TensorflowTree } from './tensorflow/tree.ts'
import { treeFromWheel } from './tensorflow/wheel.ts'

/** One place TensorFlow can come from. */
export interface TensorflowSource {
  /** For the reader, such as "its Python package". */
  readonly name: string
  /** Makes tfjs-node loadable and returns TensorFlow's version; null where there is nothing to try. Throws the reason. */
  prepare(): Promise<string | null>
}

export interface TensorflowFound {
  /** Such as "2.21.0"; null when no source had it. */
  readonly version: string | null
  /** Name of the source, or the reasons why none had it. */
  readonly detail: string
}

/** Asks the sources in order and takes the first that works. */
export async function findTensorflow(sources: readonly TensorflowSource[]): Promise<TensorflowFound> {
  const reasons: string[] = []
  for (const source of sources) {
    try {
      const version = await source.prepare()
      if (version !== null) return { version, detail: source.name }
    } catch (error) {
      reasons.push(`${source.name}: ${messageOf(error)}`)
    }
  }
  return { version: null, detail: reasons.join('; ') }
}

async function useTree(tree: TensorflowTree): Promise<string> {
  if (!hasBinding(tree)) await compileBinding(tree)
  linkTree(tree)
  return verifyBinding()
}

export const TENSORFLOW_SOURCES: readonly TensorflowSource[] = [
  {
    name: 'installed',
    prepare: async () => verifiedVersion() ?? (existsSync(bindingPath) ? await verifyBinding() : null),
  },
  {
    name: 'cache',
    prepare: async () => {
      const [tree] = cachedTrees()
      if (tree === undefined) return null
      try {
        return await useTree(tree)
      } catch (error) {
        // Damaged; the sources that follow fill its place anew.
        rmSync(tree.folder, { recursive: true, force: true })
        throw error
      }
    },
  },
  { name: "tfjs-node's own download", prepare: async () => await useTree(await treeFromDownload()) },
  { name: 'its Python package', prepare: async () => await useTree(await treeFromWheel()) },
]

/** Makes `@tensorflow/tfjs-node` loadable if that can be done, and says how. Costs nothing when all is there. */
export async function prepareTensorflow(): Promise<TensorflowFound> {
  const alreadyThere = verifiedVersion()
  if (alreadyThere !== null) return { version: alreadyThere, detail: 'installed' }
  const found = existsSync(tfjsNodeFolder)
    ? await findTensorflow(TENSORFLOW_SOURCES)
    : { version: null, detail: 'tfjs-node is not installed' }
  if (found.version === null) {
    say(`TensorFlow could not be had (${found.detail}); Signum uses its own native backend.`)
  } else {
    say(`TensorFlow ${found.version} is ready (${found.detail}).`)
  }
  return found
}
