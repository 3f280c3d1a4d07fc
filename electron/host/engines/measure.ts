import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchmarkCommand, BenchmarkReport, TrainingBenchmark } from '#electron/engine/protocol.ts'
import { fromErrorMessage, SignumError } from '#shared/contract/errors.ts'

export type { TrainingBenchmark }

const ENTRY = fileURLToPath(new URL('../../engine/benchmark.ts', import.meta.url))

/**
 * Measures training steps in a process of its own: a backend cannot be unloaded, and what it prints is not ours.
 *
 * @throws SignumError as the engine says, or `engine_died`.
 */
export async function measureTraining(question: Omit<BenchmarkCommand, 'type'>): Promise<TrainingBenchmark> {
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const answered = Promise.withResolvers<BenchmarkReport>()
  child.once('message', (report) => answered.resolve(report as BenchmarkReport))
  child.once('error', (cause) => answered.reject(died(String(cause), cause)))
  // The last message is read before the channel closes.
  child.once('close', (code, signal) => answered.reject(died(signal ?? `exit code ${code}`)))
  const command: BenchmarkCommand = { type: 'train', ...question }
  child.send(command)
  const report = await answered.promise
  if (report.type === 'failed') throw fromErrorMessage(report.error)
  return report.benchmark
}

function died(how: string, cause?: unknown): SignumError {
  return new SignumError('engine_died', `The measuring process ended early (${how}). Try again.`, { cause })
}
