import { formatPercent } from '#shared/format/numbers.ts'
import type { BatchBenchmark, InferenceBenchmark, Latency } from '#electron/host/engines/measure.ts'
import { renderTable, type Column } from '../../table.ts'
import { figure, threadsInWords, times, withoutTensorflow, withQuartiles } from './words.ts'

const COLUMNS: readonly Column<BatchBenchmark>[] = [
  { title: 'Images', align: 'right', value: ({ batch }) => String(batch) },
  { title: 'Float (ms)', align: 'right', value: ({ float }) => withQuartiles(float.ms) },
  { title: 'Packed (ms)', align: 'right', value: ({ packed }) => withQuartiles(packed.ms) },
  { title: 'Float, one image (µs)', align: 'right', value: ({ float }) => figure(float.microsecondsPerImage) },
  { title: 'Packed, one image (µs)', align: 'right', value: ({ packed }) => figure(packed.microsecondsPerImage) },
  { title: 'Packed : float', align: 'right', value: ({ timesFloat }) => times(timesFloat) },
]

interface Row {
  readonly name: string
  readonly ms: number
  readonly share: number
}

const PARTS: readonly Column<Row>[] = [
  { title: 'Part', value: ({ name }) => name },
  { title: 'Time (µs)', align: 'right', value: ({ ms }) => figure(1000 * ms) },
  { title: 'Share', align: 'right', value: ({ share }) => formatPercent(share, 0) },
]

/** The latency of a network, for people. */
export function inferenceInWords(result: InferenceBenchmark): string {
  const { network, runId, float, instructionSet, threads, rounds, batches, tensorflow } = result
  const weights = runId === null ? 'freshly initialised weights' : `the weights of run ${runId}`
  return [
    `${network} with ${weights}, ${threadsInWords(threads)}, ${rounds} rounds\n`,
    `Float: every layer multiplied by ${float}. Packed: bits on the kernels for ${instructionSet}.\n`,
    `${withoutTensorflow(tensorflow)}\n`,
    `${renderTable(COLUMNS, batches)}\n`,
    batches.map(partsInWords).join('\n'),
  ].join('')
}

function partsInWords({ batch, float, packed }: BatchBenchmark): string {
  const images = batch === 1 ? 'one image' : `${batch} images`
  return [partTable(`Float, ${images}`, float), partTable(`Packed, ${images}`, packed)].join('\n')
}

function partTable(title: string, { parts, otherMs, explanation }: Latency): string {
  const whole = [...parts, { name: 'copying and calling', ms: otherMs }]
  const total = whole.reduce((sum, { ms }) => sum + ms, 0)
  const rows = whole.map((part) => ({ ...part, share: part.ms / total }))
  return `${title}. ${explanation}\n\n${renderTable(PARTS, rows)}`
}
