import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build.ts'
import { lastLine, run } from './command.ts'
import { headerArguments } from './headers.ts'
import { modulesFolder, projectFolder, tfjsNodeFolder } from './places.ts'
import { messageOf, say, seconds } from './report.ts'
import { bindingPath } from './tensorflow/binding.ts'

const COMPILE_LIMIT_MS = 10 * 60_000

const nativeFolder = join(projectFolder, 'electron/native')
const outputFolder = join(nativeFolder, 'build')

/** What `prepareKernels` has left behind. */
export function kernelsState(): { ready: boolean; detail: string } {
  if (existsSync(join(outputFolder, 'made-of'))) return { ready: true, detail: `Compiled in ${outputFolder}` }
  return { ready: false, detail: 'Not compiled; Signum computes without them.' }
}

/** Compiles the binary kernels if their sources have changed since. Returns why there are none, or null. */
export async function prepareKernels(): Promise<string | null> {
  if (!existsSync(join(nativeFolder, 'binding.gyp'))) return 'this version has none'
  const tensorflow = existsSync(bindingPath) ? join(tfjsNodeFolder, 'deps') : null
  try {
    await buildIfStale({
      inputs: [nativeFolder],
      ignore: (name) => name === 'build' || name.endsWith('.ts'),
      salt: `${process.platform} ${process.arch} ${tensorflow === null ? 'alone' : 'with TensorFlow'}`,
      output: join(outputFolder, 'Release'),
      stamp: join(outputFolder, 'made-of'),
      make: () => compile(tensorflow),
    })
    return null
  } catch (error) {
    say(`The C++ kernels could not be compiled (${messageOf(error)}); Signum computes without them.`)
    return messageOf(error)
  }
}

async function compile(tensorflow: string | null): Promise<void> {
  say('Compiling the C++ kernels ...')
  const began = Date.now()
  const script = join(modulesFolder, 'node-gyp/bin/node-gyp.js')
  const options = tensorflow === null ? [] : [`--tensorflow_dir=${tensorflow}`]
  const args = [script, 'rebuild', '--directory', nativeFolder, ...headerArguments(), ...options]
  const result = await run(process.execPath, args, { cwd: projectFolder, limitMs: COMPILE_LIMIT_MS })
  if (!result.ok) {
    const error = result.stderr.split('\n').find((line) => /error:|not found/i.test(line))
    throw new Error(error?.trim() ?? lastLine(result))
  }
  say(`  Compiled in ${seconds(Date.now() - began)}.`)
}
