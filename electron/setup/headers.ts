import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { modulesFolder } from './places.ts'

/**
 * The folder whose `include/node` holds Node's headers, for node-gyp's `--nodedir`: the running Node's own if it came
 * with them, else those of the Node from npm. Null means that node-gyp has to download them.
 */
export function nodeHeadersFolder(executable = process.execPath): string | null {
  const candidates = [
    dirname(dirname(realpathSync(executable))),
    join(modulesFolder, `node-${process.platform}-${process.arch}`),
    join(modulesFolder, `node-bin-${process.platform}-${process.arch}`),
  ]
  return candidates.find((folder) => existsSync(join(folder, 'include/node/node_api.h'))) ?? null
}

/** node-gyp's arguments that keep it off the network. A user's own `nodedir` setting may name another Node's headers. */
export function headerArguments(): string[] {
  const folder = nodeHeadersFolder()
  return folder === null ? [] : [`--nodedir=${folder}`]
}
