import type { Epoch, RunDetail } from '#shared/contract/runs.ts'
import { formatClock, formatCount } from '#shared/format/numbers.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import {
  describeAugmentation,
  describeEarlyStopping,
  describeLearningRate,
  describeOptimizer,
  describeValidation,
} from '#shared/model/training-words.ts'
import { dayAndTime, loss, percent } from '../format.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { renderTable, type Column } from '../table.ts'

const TRAINING_COLUMNS: readonly Column<Epoch>[] = [
  { title: 'Epoch', align: 'right', value: ({ epoch }) => String(epoch) },
  { title: 'Train loss', align: 'right', value: ({ trainLoss }) => loss(trainLoss) },
  { title: 'Train accuracy', align: 'right', value: ({ trainAccuracy }) => percent(trainAccuracy) },
]

const VALIDATION_COLUMNS: readonly Column<Epoch>[] = [
  { title: 'Validation loss', align: 'right', value: ({ validationLoss }) => loss(validationLoss ?? null) },
  {
    title: 'Validation accuracy',
    align: 'right',
    value: ({ validationAccuracy }) => percent(validationAccuracy ?? null),
  },
]

const TEST_COLUMNS: readonly Column<Epoch>[] = [
  { title: 'Test loss', align: 'right', value: ({ testLoss }) => loss(testLoss) },
  { title: 'Test accuracy', align: 'right', value: ({ testAccuracy }) => percent(testAccuracy) },
  { title: 'Time', align: 'right', value: ({ seconds }) => formatClock(seconds) },
]

export async function show(session: Session, run: string): Promise<void> {
  const detail = await withLabForReading(session, (lab) => lab.request('runs.get', { id: run }))
  answer(session, detail, () => words(detail))
}

function words(run: RunDetail): string {
  const { settings, provenance } = run
  const facts: [string, string][] = [
    ['Run', run.id],
    ['Name', run.name],
    ['Status', run.message ? `${run.status}: ${run.message}` : run.status],
    [
      'Network',
      `${run.network}, ${formatCount(run.parameters)} parameters, ${formatCount(run.binaryParameters)} of them binary`,
    ],
    ['Trained', `${run.epochsDone} of ${run.epochs} epochs on ${run.dataset} in ${formatClock(run.seconds)}`],
    ['Settings', settingsWords(settings)],
    ['Optimiser', describeOptimizer(settings)],
    ['Rate', describeLearningRate(settings)],
    ['Validation', describeValidation(settings)],
    ['Early stop', describeEarlyStopping(settings)],
    ['Augmented', describeAugmentation(settings)],
    ['Accuracy', `${percent(run.testAccuracy)} (${bestWords(run)})`],
    ['Speed', run.stepMs === null ? '–' : `${run.stepMs.toFixed(1)} ms a step`],
    ['Backend', provenance.backendVersion ?? '–'],
    ['Machine', `${provenance.cpu}, ${provenance.cores} cores, ${provenance.platform}, Node ${provenance.node}`],
    ['Started', dayAndTime(run.createdAt)],
  ]
  const width = Math.max(...facts.map(([label]) => label.length))
  const lines = facts.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
  return run.epochRecords.length === 0 ? lines : `${lines}\n${renderTable(epochColumns(run), run.epochRecords)}`
}

function epochColumns({ settings }: RunDetail): readonly Column<Epoch>[] {
  return [...TRAINING_COLUMNS, ...(settings.validation > 0 ? VALIDATION_COLUMNS : []), ...TEST_COLUMNS]
}

function bestWords({ settings, bestTestAccuracy }: RunDetail): string {
  const best = percent(bestTestAccuracy)
  return settings.validation > 0 ? `${best} in the epoch of the best validation accuracy` : `best ${best}`
}

function settingsWords({ batchSize, seed, shuffle }: TrainingSettings): string {
  return `batch ${batchSize}, seed ${seed}, ${shuffle ? 'shuffled' : 'in file order'}`
}
