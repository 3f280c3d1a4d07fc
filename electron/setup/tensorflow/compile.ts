import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { lastLine, run, type CommandResult } from '../command.ts'
import { headerArguments, nodeHeadersFolder } from '../headers.ts'
import { modulesFolder, tfjsNodeFolder } from '../places.ts'
import { findProgram } from '../programs.ts'
import { say, seconds } from '../report.ts'
import { BINDING, NAPI_LEVEL, treeBinding } from './binding.ts'
import type { TensorflowTree } from './tree.ts'

const COMPILE_LIMIT_MS = 5 * 60_000

/** @throws Error naming what is missing, before anything large is downloaded for it. */
export function requireCompiler(): void {
  if (compiler() === null) throw new Error('there is no C++ compiler to bind it with; install g++ or clang++')
}

/** The first C++ compiler on the search path. */
export function compiler(): string | null {
  return findProgram(['c++', 'g++', 'clang++'])
}

/**
 * Compiles tfjs-node's binding against a tree's TensorFlow, in a copy of its sources.
 *
 * @throws Error with the compiler's words.
 */
export async function compileBinding(tree: TensorflowTree): Promise<void> {
  requireCompiler()
  say(`Compiling tfjs-node's binding for TensorFlow ${tree.version} ...`)
  const began = Date.now()
  const workshop = join(tree.folder, `compile.${process.pid}.tmp`)
  const result = join(workshop, 'result', BINDING)
  try {
    mkdirSync(join(workshop, 'result'), { recursive: true })
    for (const name of ['binding', 'binding.gyp', 'package.json']) {
      cpSync(join(tfjsNodeFolder, name), join(workshop, name), { recursive: true })
    }
    symlinkSync(tree.folder, join(workshop, 'deps'), 'junction')
    const outcome = await (needsNodeGyp() ? compileByNodeGyp(workshop) : compileDirectly(workshop))
    if (!outcome.ok) throw new Error(`its binding could not be compiled: ${complaint(outcome)}`)
    mkdirSync(join(tree.folder, 'binding'), { recursive: true })
    renameSync(result, treeBinding(tree))
    say(`  Compiled in ${seconds(Date.now() - began)}.`)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** node-gyp knows every platform but needs make, which a machine with a compiler alone does not have. */
export function needsNodeGyp(): boolean {
  return process.platform !== 'linux' || findProgram(['make']) !== null
}

function compileByNodeGyp(workshop: string): Promise<CommandResult> {
  const script = join(modulesFolder, 'node-gyp/bin/node-gyp.js')
  const variables = [
    '--module_name=tfjs_binding',
    `--module_path=${join(workshop, 'result')}`,
    `--napi_build_version=${NAPI_LEVEL}`,
  ]
  return run(process.execPath, [script, 'rebuild', ...headerArguments(), ...variables], {
    cwd: workshop,
    limitMs: COMPILE_LIMIT_MS,
  })
}

/** What tfjs-node's binding.gyp says for Linux, in one command. */
function compileDirectly(workshop: string): Promise<CommandResult> {
  const headers = nodeHeadersFolder()
  if (headers === null) throw new Error("Node's headers were not found")
  const args = [
    ...['-std=gnu++20', '-O2', '-fPIC', '-shared', '-w', `-DNAPI_VERSION=${NAPI_LEVEL}`],
    ...[`-I${join(headers, 'include/node')}`, '-I.', '-Ideps/include'],
    ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-o', `result/${BINDING}`],
    ...['-Ldeps/lib', '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib'],
  ]
  return run(compiler()!, args, { cwd: workshop, limitMs: COMPILE_LIMIT_MS })
}

function complaint(outcome: CommandResult): string {
  const line = outcome.stderr.split('\n').find((text) => /error:|not found|gyp ERR! stack/i.test(text))
  return line?.replace('gyp ERR! stack ', '').trim() ?? lastLine(outcome)
}
