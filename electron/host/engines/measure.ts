import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchmarkAnswers, BenchmarkCommand, BenchmarkReport } from '#electron/engine/protocol.ts'
import { fromErrorMessage, SignumError } from '#shared/contract/errors.ts'
import { inheritedEnvironment } from '../launchers/environment.ts'

export type {
  BenchmarkCommand,
  BatchBenchmark,
  BinaryKernelSpeed,
  InferenceBenchmark,
  KernelsBenchmark,
  KernelSpeed,
  Latency,
  LayerBenchmark,
  Spread,
  TrainingBenchmark,
} from '#electron/engine/protocol.ts'

const ENTRY = fileURLToPath(new URL('../../engine/benchmark.ts', import.meta.url))

export interface MeasuringOptions {
  /** Variables for the measuring process besides the inherited ones. */
  readonly environment?: Readonly<Record<string, string>>
  /** Ends the measurement. */
  readonly signal?: AbortSignal
  /** Told before every round, counted from 1. */
  readonly onRound?: (round: number, rounds: number) => void
}

/**
 * Measures in a process of its own: a backend cannot be unloaded, and what it prints is not ours.
 *
 * @throws SignumError as the engine says, `cancelled` or `engine_died`.
 */
export async function measure<Command extends BenchmarkCommand>(
  command: Command,
  { environment, signal, onRound }: MeasuringOptions = {},
): Promise<BenchmarkAnswers[Command['type']]> {
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    env: { ...inheritedEnvironment(), ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A process group of its own: Ctrl+C in the terminal reaches us alone.
    detached: process.platform !== 'win32',
  })
  const answered = Promise.withResolvers<BenchmarkAnswers[keyof BenchmarkAnswers]>()
  const stop = () => {
    answered.reject(new SignumError('cancelled', 'The measurement was stopped. Nothing was recorded.'))
    child.kill('SIGKILL')
  }
  child.on('message', (message) => {
    const report = message as BenchmarkReport
    if (report.type === 'progress') onRound?.(report.round, report.rounds)
    else if (report.type === 'failed') answered.reject(fromErrorMessage(report.error))
    else answered.resolve(report.answer)
  })
  child.once('error', (cause) => answered.reject(died(String(cause), cause)))
  // The last message is read before the channel closes.
  child.once('close', (code, killer) => answered.reject(died(killer ?? `exit code ${code}`)))
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  child.send(command)
  try {
    // The engine answers the question it was asked.
    return (await answered.promise) as BenchmarkAnswers[Command['type']]
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function died(how: string, cause?: unknown): SignumError {
  return new SignumError('engine_died', `The measuring process ended early (${how}). Try again.`, { cause })
}
