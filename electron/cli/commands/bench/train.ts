import type { TrainingBenchmark } from '#electron/host/engines/measure.ts'
import { renderTable, type Column } from '../../table.ts'
import { threadsInWords } from './words.ts'

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

/** Where a training step spends its time, for people. */
export function trainingInWords(results: readonly TrainingBenchmark[]): string {
  return results.map(stepInWords).join('\n')
}

function stepInWords(result: TrainingBenchmark): string {
  const { network, backendVersion, kernels, threads, batchSize, steps, stepMs, stepQuartilesMs, stepRangeMs } = result
  const rows: Row[] = [
    ...result.layers.map(({ id, forwardMs, backwardMs }) => {
      return { part: id, forwardMs, backwardMs, totalMs: forwardMs + backwardMs }
    }),
    { part: 'loss', totalMs: result.lossMs },
    { part: 'optimiser', totalMs: result.optimizerMs },
    { part: 'the rest', totalMs: result.otherMs },
  ]
  const computed = `${backendVersion}, ${kernels === null ? 'no kernels' : `kernels for ${kernels}`}, ${threadsInWords(threads)}`
  const [[low, high], [fastest, slowest]] = [stepQuartilesMs.map(milliseconds), stepRangeMs.map(milliseconds)]
  const spread = `half of ${steps} between ${low} and ${high}, all between ${fastest} and ${slowest}`
  const head = `${network}, batch ${batchSize}: ${milliseconds(stepMs)} ms a step (${spread})`
  return `${head}\n${computed}\n\n${renderTable(COLUMNS, rows)}`
}
