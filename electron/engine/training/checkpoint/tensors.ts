import { createHash } from 'node:crypto'
import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import type { StoredFile, StoredTensor } from './format.ts'

export interface NamedVariable {
  readonly name: string
  readonly variable: tf.Variable
}

/** The values of variables as the bytes of one file, with its description. */
export function packVariables(variables: readonly NamedVariable[]): { bytes: Uint8Array; file: StoredFile } {
  const values = variables.map(({ variable }) => variable.dataSync() as Float32Array)
  const bytes = new Uint8Array(4 * values.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of values) {
    // Every platform that TensorFlow and Node share is little-endian, as the file.
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset)
    offset += part.byteLength
  }
  return {
    bytes,
    file: {
      bytes: bytes.length,
      sha256: sha256(bytes),
      tensors: variables.map(({ name, variable }) => ({ name, shape: [...variable.shape] })),
    },
  }
}

/**
 * Puts the bytes of a file back into the variables they came from.
 *
 * @throws SignumError `checkpoint_damaged` when names, shapes or length are not those of the variables.
 */
export function restoreVariables(variables: readonly NamedVariable[], bytes: Uint8Array, file: StoredFile): void {
  const expected = variables.map(({ name, variable }) => ({ name, shape: variable.shape }))
  if (describe(expected) !== describe(file.tensors)) {
    throw new SignumError(
      'checkpoint_damaged',
      'The checkpoint belongs to another network: its tensors have other names or shapes. Start the run again.',
    )
  }
  const tensors = readTensors(bytes, file)
  for (const { name, variable } of variables) {
    tf.tidy(() => variable.assign(tf.tensor(tensors.get(name)!, variable.shape)))
  }
}

/** The values of a file by name. */
export function readTensors(bytes: Uint8Array, file: StoredFile): Map<string, Float32Array> {
  // A copy, because a file's bytes may start at any address.
  const values = new Float32Array(new Uint8Array(bytes).buffer)
  let offset = 0
  return new Map(
    file.tensors.map((tensor) => {
      const part = values.slice(offset, offset + lengthOf(tensor))
      offset += part.length
      return [tensor.name, part]
    }),
  )
}

function describe(tensors: readonly StoredTensor[]): string {
  return tensors.map(({ name, shape }) => `${name} ${shape.join('×')}`).join('\n')
}

/** Values in one tensor of this description. */
export function lengthOf({ shape }: StoredTensor): number {
  return shape.reduce((product, side) => product * side, 1)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
