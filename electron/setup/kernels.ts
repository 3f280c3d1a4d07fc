import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describeKernels } from '#electron/native/index.ts'
import { buildUnlessFailed } from './build.ts'
import { lastLine, run, type CommandResult } from './command.ts'
import { fingerprint } from './fingerprint.ts'
import { headerArguments, nodeHeadersFolder } from './headers.ts'
import { compileDirectly } from './kernels/compile-directly.ts'
import { failureMemory, type FailureMemory } from './memory.ts'
import { modulesFolder, projectFolder, tfjsNodeFolder } from './places.ts'
import { findProgram, programState } from './programs.ts'
import { messageOf, say, seconds } from './report.ts'
import { bindingPath } from './tensorflow/binding.ts'
import { compiler, needsNodeGyp } from './tensorflow/compile.ts'

const COMPILE_LIMIT_MS = 10 * 60_000

const nativeFolder = join(projectFolder, 'electron/native')
const outputFolder = join(nativeFolder, 'build')

/** The results, and the TypeScript and the words beside the sources. */
const isNoSource = (name: string) => name === 'build' || /\.(ts|md)$/.test(name)

/** The kernels in use, in words. */
export function kernelsState(): { ready: boolean; detail: string } {
  const kernels = describeKernels()
  if (kernels.kind === 'reference') return { ready: false, detail: kernels.reason }
  const { instructionSet, available, problem } = kernels
  return { ready: problem === null, detail: problem ?? `${instructionSet}, of ${available.join(', ')} on this machine` }
}

/** Why they could not be compiled, until their sources, the programs that compile them or Node's headers change. */
function kernelsMemory(salt: string): FailureMemory {
  const programs = [compiler(), findProgram(['make']), findProgram(['python3', 'python'])].map(programState)
  const conditions = [fingerprint([nativeFolder], isNoSource), salt, ...programs, nodeHeadersFolder()]
  return failureMemory('kernels', conditions.join(' '))
}

/**
 * Compiles the kernels if their sources have changed since, with TensorFlow's addon where TensorFlow is. What failed
 * is not tried again on the same day unless something that it depends on has changed.
 *
 * @param anew compiles them in any case, as a person asked for it.
 * @returns why there are none, or null.
 */
export async function prepareKernels(anew = false): Promise<string | null> {
  const tensorflow = existsSync(bindingPath) ? join(tfjsNodeFolder, 'deps') : null
  const salt = [process.platform, process.arch, tensorflow, compiler(), findProgram(['make'])].join(' ')
  const memory = kernelsMemory(salt)
  const stamp = join(outputFolder, 'made-of')
  try {
    if (anew) {
      memory.forget()
      rmSync(stamp, { force: true })
    }
    const build = {
      inputs: [nativeFolder],
      ignore: isNoSource,
      salt,
      output: join(outputFolder, 'Release/signum_kernels.node'),
      stamp,
      make: () => compile(tensorflow),
    }
    await buildUnlessFailed(build, memory)
    return null
  } catch (error) {
    say(
      `The C++ kernels could not be compiled (${messageOf(error)}); Signum computes without them. ` +
        'It tries again after a day, or at once with "npm run build:native".',
    )
    return messageOf(error)
  }
}

async function compile(tensorflow: string | null): Promise<void> {
  say('Compiling the C++ kernels ...')
  const began = Date.now()
  const result = await (needsNodeGyp() ? compileByNodeGyp(tensorflow) : compileByCompiler(tensorflow))
  if (!result.ok) {
    const error = result.stderr.split('\n').find((line) => /error:|not found/i.test(line))
    throw new Error(error?.trim() ?? lastLine(result))
  }
  say(`  Compiled in ${seconds(Date.now() - began)}.`)
}

function compileByNodeGyp(tensorflow: string | null): Promise<CommandResult> {
  const script = join(modulesFolder, 'node-gyp/bin/node-gyp.js')
  const options = tensorflow === null ? [] : [`--tensorflow_dir=${tensorflow}`]
  const args = [script, 'rebuild', '--jobs=max', '--directory', nativeFolder, ...headerArguments(), ...options]
  return run(process.execPath, args, { cwd: projectFolder, limitMs: COMPILE_LIMIT_MS })
}

function compileByCompiler(tensorflow: string | null): Promise<CommandResult> {
  const found = compiler()
  if (found === null) throw new Error('there is no C++ compiler; install g++ or clang++')
  const releaseFolder = join(outputFolder, 'Release')
  return compileDirectly({ compiler: found, nativeFolder, releaseFolder, tensorflow, limitMs: COMPILE_LIMIT_MS })
}
