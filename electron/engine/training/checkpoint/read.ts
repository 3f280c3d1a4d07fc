import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignumError } from '#shared/contract/errors.ts'
import {
  BEST_FILE,
  CHECKPOINT_SCHEMA,
  newestFirst,
  OPTIMIZER_FILE,
  STATE_FILE,
  stateSchema,
  WEIGHTS_FILE,
  type CheckpointState,
  type StoredFile,
} from './format.ts'
import { lengthOf, sha256 } from './tensors.ts'

/** A checkpoint in memory, its lengths and hashes verified. */
export interface Checkpoint {
  readonly path: string
  readonly state: CheckpointState
  readonly weights: Uint8Array
  readonly optimizer: Uint8Array
  /** Weights of the best epoch so far; null where nobody watches for it. */
  readonly best: Uint8Array | null
}

/**
 * The newest whole checkpoint of a run; a damaged one is passed over for the one before.
 *
 * @returns null when there is none at all.
 * @throws SignumError `checkpoint_damaged` when there are some and none is whole.
 */
export async function readNewestCheckpoint(folder: string): Promise<Checkpoint | null> {
  const names = newestFirst(await readdir(folder).catch(() => []))
  let damage: unknown = null
  for (const name of names) {
    try {
      return await readCheckpoint(join(folder, name))
    } catch (error) {
      damage ??= error
    }
  }
  if (damage) throw damage
  return null
}

/** @throws SignumError `checkpoint_damaged`, naming the file. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const state = await readState(path)
  const best = state.files[BEST_FILE]
  const [weights, optimizer, bestWeights] = await Promise.all([
    readVerified(path, WEIGHTS_FILE, state.files[WEIGHTS_FILE]),
    readVerified(path, OPTIMIZER_FILE, state.files[OPTIMIZER_FILE]),
    best ? readVerified(path, BEST_FILE, best) : null,
  ])
  return { path, state, weights, optimizer, best: bestWeights }
}

/** The weights alone, for a network that is to answer and not to train. */
export async function readWeights(path: string): Promise<{ bytes: Uint8Array; file: StoredFile }> {
  const { files } = await readState(path)
  return { bytes: await readVerified(path, WEIGHTS_FILE, files[WEIGHTS_FILE]), file: files[WEIGHTS_FILE] }
}

async function readState(path: string): Promise<CheckpointState> {
  const value = await attempt(path, STATE_FILE, async () => {
    return JSON.parse(await readFile(join(path, STATE_FILE), 'utf8')) as unknown
  })
  const schema = (value as { schema?: unknown } | null)?.schema
  if (typeof schema === 'number' && schema > CHECKPOINT_SCHEMA) {
    throw new SignumError(
      'checkpoint_damaged',
      `The checkpoint ${path} was written by a newer version of Signum. Update Signum to open it.`,
    )
  }
  const parsed = stateSchema.safeParse(value)
  if (!parsed.success) throw damaged(path, STATE_FILE, 'it is incomplete')
  return parsed.data
}

async function readVerified(path: string, name: string, expected: StoredFile): Promise<Uint8Array> {
  const bytes = await attempt(path, name, () => readFile(join(path, name)))
  if (bytes.length !== expected.bytes) {
    throw damaged(path, name, `it has ${bytes.length} bytes, not ${expected.bytes}`)
  }
  const described = 4 * expected.tensors.reduce((sum, tensor) => sum + lengthOf(tensor), 0)
  if (described !== expected.bytes) throw damaged(path, name, 'its tensors do not add up to its length')
  if (sha256(bytes) !== expected.sha256) throw damaged(path, name, 'its SHA-256 is another')
  return bytes
}

async function attempt<T>(path: string, name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw damaged(path, name, error instanceof Error ? error.message : String(error), error)
  }
}

function damaged(path: string, name: string, what: string, cause?: unknown): SignumError {
  return new SignumError(
    'checkpoint_damaged',
    `The checkpoint ${path} is damaged (${name}: ${what}). Start the run again.`,
    { cause },
  )
}
