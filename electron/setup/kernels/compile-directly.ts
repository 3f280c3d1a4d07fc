import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { run, type CommandResult } from '../command.ts'
import { nodeHeadersFolder } from '../headers.ts'
import { modulesFolder } from '../places.ts'
import { kernelSources } from './sources.ts'

export interface DirectCompilation {
  readonly compiler: string
  readonly nativeFolder: string
  /** Where the addons go; objects lie beside them. */
  readonly releaseFolder: string
  /** The folder with TensorFlow's `lib`, or null to build without its addon. */
  readonly tensorflow: string | null
  readonly limitMs: number
}

/** As in binding.gyp: strict about rounding, and no instruction set beyond the platform's floor. */
const FLAGS = [
  '-std=c++17',
  '-O3',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fvisibility=hidden',
  '-fexceptions',
  '-fPIC',
]
const QUIET = ['-Wno-maybe-uninitialized', '-Wno-psabi']
const DEFINES = ['-DNAPI_VERSION=8', '-DNODE_ADDON_API_CPP_EXCEPTIONS']

/**
 * Compiles the kernels on Linux with the compiler alone, for machines without make, which node-gyp needs.
 *
 * @returns the first command that failed, or the last one.
 */
export async function compileDirectly(compilation: DirectCompilation): Promise<CommandResult> {
  const { compiler, nativeFolder, releaseFolder, tensorflow, limitMs } = compilation
  const headers = nodeHeadersFolder()
  if (headers === null) throw new Error("Node's headers were not found")
  const include = [`-I${join(headers, 'include/node')}`, `-I${join(modulesFolder, 'node-addon-api')}`]
  const sources = kernelSources(nativeFolder)
  const objectOf = (source: string) => join(releaseFolder, 'objects', `${source}.o`)
  const call = (args: readonly string[]) => run(compiler, args, { cwd: nativeFolder, limitMs })

  const all = new Set([...sources.kernels, ...sources.node, ...(tensorflow === null ? [] : sources.tensorflow)])
  const failure = await firstFailure([...all], (source) => {
    mkdirSync(dirname(objectOf(source)), { recursive: true })
    return call([...FLAGS, ...QUIET, ...DEFINES, ...include, '-c', source, '-o', objectOf(source)])
  })
  if (failure) return failure

  const link = (addon: string, parts: readonly string[], libraries: readonly string[]) => {
    const objects = [...parts, ...sources.kernels].map(objectOf)
    return call(['-shared', '-pthread', '-o', join(releaseFolder, `${addon}.node`), ...objects, ...libraries])
  }
  const linked = await link('signum_kernels', sources.node, [])
  if (!linked.ok || tensorflow === null) return linked
  const lib = join(tensorflow, 'lib')
  const libraries = [`-L${lib}`, `-Wl,-rpath,${lib}`, '-ltensorflow', '-ltensorflow_framework']
  return link('signum_tensorflow', sources.tensorflow, libraries)
}

/** Runs one command a core until all have ended or one has failed. */
async function firstFailure(
  sources: readonly string[],
  compile: (source: string) => Promise<CommandResult>,
): Promise<CommandResult | null> {
  const waiting = [...sources]
  let failure: CommandResult | null = null
  const work = async () => {
    for (let source = waiting.shift(); source !== undefined && !failure; source = waiting.shift()) {
      const result = await compile(source)
      if (!result.ok) failure ??= result
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return failure
}
