import { formatPercent } from '#shared/format/numbers.ts'
import type { KernelsBenchmark, KernelSpeed, LayerBenchmark } from '#electron/host/engines/measure.ts'
import { renderTable, type Column } from '../../table.ts'
import { threadsInWords, times, withoutTensorflow, withQuartiles } from './words.ts'

const NOTHING = '–'
const speed = (title: string, of: (layer: LayerBenchmark) => KernelSpeed | null): Column<LayerBenchmark> => ({
  title,
  align: 'right',
  value(layer) {
    const measured = of(layer)
    return measured ? withQuartiles(measured.gmacPerSecond) : NOTHING
  },
})
const name: Column<LayerBenchmark> = {
  title: 'Layer',
  value: ({ name: layer, batch }) => (batch === 1 ? layer : `${layer}, ×${batch}`),
}

const SPEEDS: readonly Column<LayerBenchmark>[] = [
  name,
  speed('Binary', ({ binary }) => binary),
  speed('Packed', ({ packed }) => packed),
  speed('Float', ({ float }) => float),
  speed('TensorFlow', ({ tensorflow }) => tensorflow),
]

const right = (title: string, value: (layer: LayerBenchmark) => string): Column<LayerBenchmark> => ({
  title,
  align: 'right',
  value,
})
const share = ({ shareOfPeak }: KernelSpeed) => formatPercent(shareOfPeak.median, 0)

const RATIOS: readonly Column<LayerBenchmark>[] = [
  name,
  right('Binary : fastest', ({ binary }) => times(binary.timesFastestFloat)),
  right('Packed : float', ({ packed }) => times(packed.timesFloat)),
  right('Packed : TensorFlow', ({ packed }) => (packed.timesTensorflow ? times(packed.timesTensorflow) : NOTHING)),
  right('Packed : fastest', ({ packed }) => times(packed.timesFastestFloat)),
]

const SHARES: readonly Column<LayerBenchmark>[] = [
  name,
  right('Binary', ({ binary }) => share(binary)),
  right('Packed', ({ packed }) => share(packed)),
  right('Float', ({ float }) => share(float)),
  right('TensorFlow', ({ tensorflow }) => (tensorflow ? share(tensorflow) : NOTHING)),
]

/** The speeds of kernels, for people. */
export function kernelsInWords(result: KernelsBenchmark): string {
  const { instructionSet, threads, rounds, peaks, layers, tensorflow } = result
  return [
    `Kernels for ${instructionSet}, ${threadsInWords(threads)}, ${rounds} rounds`,
    tensorflow.version === null ? '' : `, ${tensorflow.version}`,
    `\n${withoutTensorflow(tensorflow)}`,
    `Popcount peak ${withQuartiles(peaks.popcount)}, multiply-add peak ${withQuartiles(peaks.fma)} GMAC/s\n\n`,
    `GMAC/s: median, and between which two half of the rounds lay\n\n${renderTable(SPEEDS, layers)}\n`,
    `How many times as fast, median of the rounds\n\n${renderTable(RATIOS, layers)}\n`,
    `Share of the popcount or multiply-add peak beside it, median of the rounds\n\n${renderTable(SHARES, layers)}\n`,
    'Binary: floats in and out, the signs packed in the call, as in training. Packed: weights packed before, as in packed\n',
    'inference, where one image is not shared among threads. Float: our kernel for 32-bit weights. Fastest: the faster\n',
    'float kernel of each round. A name with ×100 is a batch of so many.\n',
  ].join('')
}
