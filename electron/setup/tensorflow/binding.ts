import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { lastLine, run } from '../command.ts'
import { headerArguments } from '../headers.ts'
import { modulesFolder, tfjsNodeFolder } from '../places.ts'
import { say, seconds } from '../report.ts'
import type { TensorflowTree } from './tree.ts'

const COMPILE_LIMIT_MS = 5 * 60_000
const BINDING = 'tfjs_binding.node'

/** The newest Node-API level tfjs-node asks for; its name is part of the path where it looks for the binding. */
export const NAPI_LEVEL = 8

/** Where tfjs-node looks for its binding. */
export const bindingPath = join(tfjsNodeFolder, `lib/napi-v${NAPI_LEVEL}`, BINDING)

/** The binding compiled for this tree. One serves every Node and Electron, as it speaks Node-API. */
export function treeBinding(tree: TensorflowTree): string {
  return join(tree.folder, 'binding', BINDING)
}

/**
 * Compiles tfjs-node's binding against a tree's TensorFlow, in a copy of its sources.
 *
 * @throws Error with the compiler's last words.
 */
export async function compileBinding(tree: TensorflowTree): Promise<void> {
  say(`Compiling tfjs-node's binding for TensorFlow ${tree.version} ...`)
  const began = Date.now()
  const workshop = join(tree.folder, `compile.${process.pid}.tmp`)
  try {
    mkdirSync(workshop)
    for (const name of ['binding', 'binding.gyp', 'package.json']) {
      cpSync(join(tfjsNodeFolder, name), join(workshop, name), { recursive: true })
    }
    symlinkSync(tree.folder, join(workshop, 'deps'), 'junction')
    const result = await run(process.execPath, nodeGypArguments(join(workshop, 'result')), {
      cwd: workshop,
      limitMs: COMPILE_LIMIT_MS,
    })
    if (!result.ok)
      throw new Error(`its binding could not be compiled: ${compilerError(result.stderr, lastLine(result))}`)
    mkdirSync(join(tree.folder, 'binding'), { recursive: true })
    renameSync(join(workshop, 'result', BINDING), treeBinding(tree))
    say(`  Compiled in ${seconds(Date.now() - began)}.`)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function nodeGypArguments(target: string): string[] {
  return [
    join(modulesFolder, 'node-gyp/bin/node-gyp.js'),
    'rebuild',
    ...headerArguments(),
    '--module_name=tfjs_binding',
    `--module_path=${target}`,
    `--napi_build_version=${NAPI_LEVEL}`,
  ]
}

function compilerError(output: string, otherwise: string): string {
  const line = output.split('\n').find((text) => /error:|not found|gyp ERR! stack/i.test(text))
  return line?.replace('gyp ERR! stack ', '').trim() ?? otherwise
}

/** Puts a tree under tfjs-node: its libraries and headers as `deps`, a copy of its binding where tfjs-node looks. */
export function linkTree(tree: TensorflowTree): void {
  const deps = join(tfjsNodeFolder, 'deps')
  const link = `${deps}.${process.pid}.tmp`
  symlinkSync(tree.folder, link, 'junction')
  // A link is replaced in one step, under the eyes of others that load from it; a folder has to go first.
  if (isFolder(deps)) rmSync(deps, { recursive: true, force: true })
  renameSync(link, deps)
  // The binding finds its libraries beside itself ("../../deps/lib"), and Node resolves links before it loads: so a copy.
  mkdirSync(join(bindingPath, '..'), { recursive: true })
  const copy = `${bindingPath}.${process.pid}.tmp`
  cpSync(treeBinding(tree), copy)
  renameSync(copy, bindingPath)
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

export function hasBinding(tree: TensorflowTree): boolean {
  return existsSync(treeBinding(tree))
}
