import { existsSync } from 'node:fs'
import { nodeHeadersFolder } from './headers.ts'
import { failureMemory, type FailureMemory } from './memory.ts'
import { tfjsNodeFolder } from './places.ts'
import { findProgram, programState } from './programs.ts'
import { messageOf, say } from './report.ts'
import { bindingPath, hasBinding, linkTree } from './tensorflow/binding.ts'
import { compileBinding, compiler } from './tensorflow/compile.ts'
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

/** Looks here first; asks the network at most once a day where that fails. */
export async function findWithMemory(
  here: readonly TensorflowSource[],
  elsewhere: readonly TensorflowSource[],
  memory: FailureMemory,
): Promise<TensorflowFound> {
  const local = await findTensorflow(here)
  if (local.version !== null) return local
  const failure = memory.recall()
  if (failure !== null) return { version: null, detail: failure }
  const remote = await findTensorflow(elsewhere)
  const detail = [local.detail, remote.detail].filter((text) => text !== '').join('; ')
  if (remote.version === null) await memory.remember(detail)
  return remote.version === null ? { version: null, detail } : remote
}

async function useTree(tree: TensorflowTree): Promise<string> {
  const isNew = !hasBinding(tree)
  if (isNew) await compileBinding(tree)
  linkTree(tree)
  try {
    return await verifyBinding()
  } catch (error) {
    if (isNew) throw error
    // A cached binding can be older than the sources that tfjs-node has now, or damaged; compiling takes seconds.
    await compileBinding(tree)
    linkTree(tree)
    return verifyBinding()
  }
}

const HERE: readonly TensorflowSource[] = [
  {
    name: 'installed',
    prepare: async () => verifiedVersion() ?? (existsSync(bindingPath) ? await verifyBinding() : null),
  },
  {
    name: 'cache',
    prepare: async () => {
      const [tree] = cachedTrees()
      return tree === undefined ? null : await useTree(tree)
    },
  },
]

const ELSEWHERE: readonly TensorflowSource[] = [
  { name: "tfjs-node's own download", prepare: async () => await useTree(await treeFromDownload()) },
  { name: 'its Python package', prepare: async () => await useTree(await treeFromWheel()) },
]

/** Why the network had no TensorFlow, until Python, a compiler, make or Node's headers are installed or change. */
export function tensorflowMemory(): FailureMemory {
  const programs = [compiler(), findProgram(['make']), findProgram(['python3'])].map(programState)
  return failureMemory('tensorflow', [...programs, nodeHeadersFolder()].join(' '))
}

/** Makes `@tensorflow/tfjs-node` loadable if that can be done, and says how. Costs nothing when all is there. */
export async function prepareTensorflow(): Promise<TensorflowFound> {
  const version = verifiedVersion()
  if (version !== null) return { version, detail: 'installed' }
  const found = existsSync(tfjsNodeFolder)
    ? await findWithMemory(HERE, ELSEWHERE, tensorflowMemory())
    : { version: null, detail: 'tfjs-node is not installed' }
  if (found.version === null) {
    say(`TensorFlow could not be had (${found.detail}); Signum uses its own native backend.`)
  } else {
    say(`TensorFlow ${found.version} is ready (${found.detail}).`)
  }
  return found
}
