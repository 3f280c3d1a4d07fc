import { createRequire } from 'node:module'
import * as util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { loadTensorflowKernels } from '#electron/native/index.ts'
import type { TensorflowKernels } from '#electron/native/kernels.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { Executor, type TensorflowBackend } from '../operations/tensorflow/executor.ts'
import { kernelOperations } from '../operations/tensorflow/kernel-operations.ts'
import { tensorflowOperations } from '../operations/tensorflow/operations.ts'
import type { Backend } from './backend.ts'
import { kernelThreads } from './kernel-threads.ts'

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
  const executor = new Executor(backend)
  const own = tensorflowOperations(executor)
  const kernels = startKernels(threads)
  return {
    name: 'tensorflow',
    version: `TensorFlow ${backend.binding.TF_Version}`,
    kernels: kernels?.describe().instructionSet ?? null,
    threads,
    operations: kernels ? kernelOperations(executor, own) : own,
  }
}

/** Our operations inside TensorFlow, or null where they cannot be had: it computes all the same, only slower. */
function startKernels(threads: number): TensorflowKernels | null {
  try {
    const kernels = loadTensorflowKernels()
    kernels?.setThreadCount(kernelThreads(threads))
    return kernels
  } catch {
    return null
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
