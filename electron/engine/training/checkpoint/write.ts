import { existsSync } from 'node:fs'
import { access, constants, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'
import {
  BEST_FILE,
  checkpointName,
  newestFirst,
  OPTIMIZER_FILE,
  REPLACED,
  STATE_FILE,
  WEIGHTS_FILE,
  type CheckpointState,
} from './format.ts'

/** Whole checkpoints of a run that stay; the second is there for the day the first is damaged. */
const KEPT = 2

/**
 * Writes a checkpoint so that a crash at any point leaves it whole or leaves the one before: temporary name, flushed
 * files and folder, one rename. Then removes older ones.
 *
 * @param folder the run's folder of checkpoints.
 * @param best the weights of the best epoch, where `state` names them.
 * @returns path of the new checkpoint.
 * @throws SignumError `data_folder_unwritable`.
 */
export async function writeCheckpoint(
  folder: string,
  state: CheckpointState,
  weights: Uint8Array,
  optimizer: Uint8Array,
  best: Uint8Array | null = null,
): Promise<string> {
  const path = join(folder, checkpointName(state.position))
  try {
    await mkdir(folder, { recursive: true })
    const temporary = `${path}.tmp`
    await rm(temporary, { recursive: true, force: true })
    await mkdir(temporary)
    await writeFlushed(join(temporary, WEIGHTS_FILE), weights)
    await writeFlushed(join(temporary, OPTIMIZER_FILE), optimizer)
    if (best) await writeFlushed(join(temporary, BEST_FILE), best)
    await writeFlushed(join(temporary, STATE_FILE), Buffer.from(`${JSON.stringify(state, null, 2)}\n`))
    await flushFolder(temporary)
    await takePlace(temporary, path)
    await flushFolder(folder)
    await removeOlder(folder)
  } catch (error) {
    throw unwritable(folder, error)
  }
  return path
}

/**
 * Makes the folder of checkpoints, or finds out that it cannot be written before an hour of training does.
 *
 * @throws SignumError `data_folder_unwritable`.
 */
export async function prepareCheckpointFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(folder: string, error: unknown): SignumError {
  const reason = error instanceof Error ? error.message : String(error)
  return new SignumError(
    'data_folder_unwritable',
    `Checkpoints cannot be written to ${folder}: ${reason}. Make room there or change its permissions.`,
    { cause: error },
  )
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes names in a folder durable; Windows has no such call and does not need it. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Saved twice without a step in between, or stopped where it was resumed, a run has a checkpoint of this name. That one
 * stays readable until the new one stands in its place.
 */
async function takePlace(temporary: string, path: string): Promise<void> {
  const replaced = `${path}${REPLACED}`
  if (existsSync(path)) {
    await rm(replaced, { recursive: true, force: true })
    await rename(path, replaced)
  }
  await rename(temporary, path)
  await rm(replaced, { recursive: true, force: true })
}

async function removeOlder(folder: string): Promise<void> {
  const names = await readdir(folder)
  const kept = new Set(newestFirst(names).slice(0, KEPT))
  const stale = names.filter((name) => name.startsWith('epoch-') && !kept.has(name))
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
