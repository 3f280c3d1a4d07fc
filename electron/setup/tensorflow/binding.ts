import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tfjsNodeFolder } from '../places.ts'
import type { TensorflowTree } from './tree.ts'

export const BINDING = 'tfjs_binding.node'

/** The newest Node-API level tfjs-node asks for; its number is part of the path where it looks for the binding. */
export const NAPI_LEVEL = 8

/** Where tfjs-node looks for its binding. */
export const bindingPath = join(tfjsNodeFolder, `lib/napi-v${NAPI_LEVEL}`, BINDING)

/** The binding compiled for this tree. One serves every Node and Electron, as it speaks Node-API. */
export function treeBinding(tree: TensorflowTree): string {
  return join(tree.folder, 'binding', BINDING)
}

export function hasBinding(tree: TensorflowTree): boolean {
  return existsSync(treeBinding(tree))
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
