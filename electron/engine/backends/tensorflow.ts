import { createRequire } from 'node:module'
import * as util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import type { TensorflowBackend } from '../operations/tensorflow/executor.ts'
import { tensorflowOperations } from '../operations/tensorflow/operations.ts'
import type { Backend } from './backend.ts'

/**
 * TensorFlow's C library through @tensorflow/tfjs-node.
 *
 * @throws SignumError `backend_unavailable` when the library or its binding is not there.
 */
export async function loadTensorflow(threads: number): Promise<Backend> {
  setThreads(threads)
  const require = createRequire(import.meta.url)
  restoreRemovedUtilities(require('node:util') as Record<string, unknown>)
  try {
    require('@tensorflow/tfjs-node')
    await tf.setBackend('tensorflow')
  } catch (error) {
    throw new SignumError(
      'backend_unavailable',
      `TensorFlow could not be loaded (${firstLine(error)}). Run "npm start" once to install it, or choose the backend "native".`,
      { cause: error },
    )
  }
  const backend = tf.backend() as unknown as TensorflowBackend
  return {
    name: 'tensorflow',
    version: `TensorFlow ${backend.binding.TF_Version}`,
    kernels: null,
    threads,
    operations: tensorflowOperations(backend),
  }
}

/** TensorFlow reads these once, when its library starts; its log would otherwise open every run with build advice. */
function setThreads(threads: number): void {
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads)
  process.env['TF_NUM_INTEROP_THREADS'] = '1'
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed (tensorflow/tfjs#8425). */
function restoreRemovedUtilities(module: Record<string, unknown>): void {
  module['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  module['isArray'] ??= Array.isArray
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : util.inspect(error)
  return message.split('\n')[0]!.trim().replace(/\.$/, '')
}
