import { measureTraining, type TrainingBenchmark } from '#electron/host/engines/measure.ts'
import { readPresets } from '#electron/host/presets.ts'
import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import { presetsFolder } from '#electron/setup/places.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { validate } from '#shared/contract/validate.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset } from '../input/network.ts'
import { answer, type Session } from '../session.ts'
import { renderTable, type Column } from '../table.ts'

export interface BenchOptions {
  readonly network?: string
  readonly threads?: number
  readonly batch?: number
  readonly steps?: number
  readonly backend?: string
}

const DEFAULT_NETWORKS = ['lenet-full-precision', 'lenet-binary']
const DEFAULT_STEPS = 30
const MOST_STEPS = 10_000

interface Row {
  readonly part: string
  readonly forwardMs?: number
  readonly backwardMs?: number
  readonly totalMs: number
}

const milliseconds = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2))

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Part', value: ({ part }) => part },
  { title: 'Forward (ms)', align: 'right', value: ({ forwardMs }) => milliseconds(forwardMs) },
  { title: 'Backward (ms)', align: 'right', value: ({ backwardMs }) => milliseconds(backwardMs) },
  { title: 'Together (ms)', align: 'right', value: ({ totalMs }) => milliseconds(totalMs) },
]

/** Measures a training step, layer by layer; images are random, nothing is recorded. */
export async function bench(session: Session, what: string, options: BenchOptions): Promise<void> {
  if (what !== 'train') {
    throw new SignumError(
      'not_supported',
      `Benchmarks of "${what}" are not supported yet. "signum bench train" measures a training step.`,
    )
  }
  const steps = options.steps ?? DEFAULT_STEPS
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) {
    throw new SignumError(
      'invalid_settings',
      `--steps must be a whole number from 1 to ${MOST_STEPS} (it is ${steps}).`,
    )
  }
  const { threads, batch, backend } = options
  const given = { threads, batchSize: batch, backend }
  const settings = validate(
    trainingSettingsSchema,
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    'invalid_settings',
    'The settings',
  )
  const specs = (options.network ? [options.network] : DEFAULT_NETWORKS).map(specOf)
  await prepareEngine()
  const results: TrainingBenchmark[] = []
  for (const spec of specs) results.push(await measureTraining({ spec, settings, steps }))
  answer(session, { train: results }, () => results.map(words).join('\n'))
}

function specOf(name: string) {
  if (namesFile(name)) return readNetworkFile(name).spec
  const presets = readPresets(presetsFolder)
  const preset = findNetwork(name, presets)
  if (!preset) throw unknownPreset(name, presets)
  return preset.spec
}

function words(result: TrainingBenchmark): string {
  const { network, backendVersion, kernels, threads, batchSize, steps, stepMs, stepQuartilesMs, layers } = result
  const [quick, slow] = stepQuartilesMs
  const rows: Row[] = [
    ...layers.map(({ id, forwardMs, backwardMs }) => {
      return { part: id, forwardMs, backwardMs, totalMs: forwardMs + backwardMs }
    }),
    { part: 'loss', totalMs: result.lossMs },
    { part: 'optimiser', totalMs: result.optimizerMs },
    { part: 'the rest', totalMs: result.otherMs },
  ]
  const computed = `${backendVersion}, ${kernels === null ? 'no kernels' : `kernels for ${kernels}`}, threads: ${threads}`
  const median = `${stepMs.toFixed(2)} ms a step (half of ${steps} between ${quick.toFixed(2)} and ${slow.toFixed(2)})`
  return `${network}, batch ${batchSize}: ${median}\n${computed}\n\n${renderTable(COLUMNS, rows)}`
}
