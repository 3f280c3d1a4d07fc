import { AUTO_BACKEND_VARIABLE } from '#electron/engine/protocol.ts'
import { measure, type BenchmarkCommand, type MeasuringOptions } from '#electron/host/engines/measure.ts'
import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import { fastestBackend } from '#electron/setup/fastest-backend.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { untilInterrupted } from '../interrupts.ts'
import { answer, type Session } from '../session.ts'
import { benchSettings, countOption, measured, type BenchOptions } from './bench/options.ts'
import { inferenceInWords } from './bench/infer.ts'
import { kernelsInWords } from './bench/kernels.ts'
import { MeasuringLine } from './bench/measuring-line.ts'
import { findSubject } from './bench/subject.ts'
import { trainingInWords } from './bench/train.ts'

export type { BenchOptions }

const TRAINED_BY_DEFAULT = ['lenet-full-precision', 'lenet-binary']
const ANSWERED_BY_DEFAULT = 'lenet-binary'
const DEFAULT_STEPS = 30
const DEFAULT_ROUNDS = 30
const MOST_ROUNDS = 10_000
/** Kernels and latencies are compared by what one core does. */
const DEFAULT_THREADS = 1

/**
 * Measures kernels, training steps or answers; nothing is recorded.
 *
 * @param network preset, saved network, file, or for answers also a run.
 */
export async function bench(session: Session, what: string, network: string | undefined, given: BenchOptions) {
  const options = withNetwork(given, network)
  switch (measured(what)) {
    case 'kernels':
      return benchKernels(session, options)
    case 'infer':
      return benchInference(session, options)
    case 'train':
      return benchTraining(session, options)
  }
}

function withNetwork(options: BenchOptions, network: string | undefined): BenchOptions {
  if (network === undefined || options.network === network) return options
  if (options.network === undefined) return { ...options, network }
  throw new SignumError('invalid_request', `Name one network: "${network}", or --network ${options.network}.`)
}

async function benchKernels(session: Session, options: BenchOptions): Promise<void> {
  const { backend, threads } = benchSettings('kernels', options)
  const rounds = countOption('rounds', options.rounds, DEFAULT_ROUNDS, MOST_ROUNDS)
  const result = await ask(session, { type: 'kernels', backend, threads: threads ?? DEFAULT_THREADS, rounds })
  answer(session, { kernels: result }, () => kernelsInWords(result))
}

async function benchInference(session: Session, options: BenchOptions): Promise<void> {
  const { backend, threads } = benchSettings('infer', options)
  const rounds = countOption('rounds', options.rounds, DEFAULT_ROUNDS, MOST_ROUNDS)
  const subject = await findSubject(session, options.network ?? ANSWERED_BY_DEFAULT)
  const result = await ask(session, {
    type: 'infer',
    ...subject,
    backend,
    threads: threads ?? DEFAULT_THREADS,
    rounds,
  })
  answer(session, { infer: result }, () => inferenceInWords(result))
}

async function benchTraining(session: Session, options: BenchOptions): Promise<void> {
  const settings = benchSettings('train', options)
  const steps = countOption('steps', options.steps, DEFAULT_STEPS, MOST_ROUNDS)
  const names = options.network === undefined ? TRAINED_BY_DEFAULT : [options.network]
  const subjects = await Promise.all(names.map((name) => findSubject(session, name)))
  const specs = subjects.map(({ spec }) => spec)
  const fastest = fastestBackend()
  const environment = fastest ? { [AUTO_BACKEND_VARIABLE]: fastest } : undefined
  const results = await ask(session, { type: 'train', specs, settings, steps }, environment)
  answer(session, { train: results }, () => trainingInWords(results))
}

/** Measures, showing how far it is; Ctrl+C stops it. */
async function ask<Command extends BenchmarkCommand>(
  { terminal }: Session,
  command: Command,
  environment?: MeasuringOptions['environment'],
) {
  await prepareEngine()
  const line = new MeasuringLine(terminal)
  const stopping = new AbortController()
  const stopListening = untilInterrupted(
    () => stopping.abort(),
    () => {},
  )
  try {
    return await measure(command, { environment, signal: stopping.signal, onRound: (...at) => line.show(...at) })
  } finally {
    line.clear()
    stopListening()
  }
}
