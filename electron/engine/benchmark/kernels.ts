import type { BenchmarkCommand, KernelsBenchmark } from './messages.ts'
import { randomLayer } from './layer-data.ts'
import { LAYER_SHAPES, macsOf, type LayerShape } from './layer-shapes.ts'
import { ownKernels } from './own-kernels.ts'
import { peaksOf } from './peaks.ts'
import { requireKernels } from './required-kernels.ts'
import { layerSpeeds } from './speeds.ts'
import { gmacPerSecond, spreadOf } from './spread.ts'
import { findTensorflow } from './tensorflow-found.ts'
import { tensorflowLayer } from './tensorflow-layer.ts'
import { takeTurns, type Turns } from './turns.ts'

const TURN_MS = 5
const WARM_UP_CALLS = 3

/**
 * Measures the binary kernels on the layers that binary networks are made of, each against our float kernel,
 * TensorFlow's, and what this machine can do at most.
 *
 * @param shapes the layers.
 * @throws SignumError `backend_unavailable` without our kernels, or without a TensorFlow that was insisted on.
 */
export async function benchmarkKernels(
  { backend, threads, rounds }: Omit<Extract<BenchmarkCommand, { type: 'kernels' }>, 'type'>,
  onRound: Turns['onRound'],
  shapes: readonly LayerShape[] = LAYER_SHAPES,
): Promise<KernelsBenchmark> {
  const tensorflow = await findTensorflow(backend, threads)
  const kernels = requireKernels(threads)
  using opened = new DisposableStack()
  const peaks = peaksOf(kernels)
  // The peaks have a turn beside every layer, because a processor's clock changes within a round.
  const layers = shapes.map(({ geometry }) => {
    const data = randomLayer(geometry)
    const own = { ...peaks, ...ownKernels(kernels, data) }
    return tensorflow.backend ? { ...own, tensorflow: opened.use(tensorflowLayer(data)) } : own
  })
  const samples = await takeTurns(layers, { rounds, turnMs: TURN_MS, warmUpCalls: WARM_UP_CALLS, onRound })
  const rates = samples.map(({ popcount, fma }) => ({
    popcount: popcount.ms.map((ms) => gmacPerSecond(peaks.popcount.macs, ms)),
    fma: fma.ms.map((ms) => gmacPerSecond(peaks.fma.macs, ms)),
  }))
  const { instructionSet, available } = kernels.describe()
  return {
    instructionSet,
    available,
    threads,
    rounds,
    tensorflow: { version: tensorflow.version, missing: tensorflow.missing },
    peaks: {
      popcount: spreadOf(rates.flatMap(({ popcount }) => popcount)),
      fma: spreadOf(rates.flatMap(({ fma }) => fma)),
    },
    layers: shapes.map(({ name, geometry }, index) => {
      const { binary, packed, float, ...rest } = samples[index]!
      const times = {
        binary: binary.ms,
        packed: packed.ms,
        float: float.ms,
        tensorflow: 'tensorflow' in rest ? rest.tensorflow.ms : null,
      }
      const macs = macsOf(geometry)
      return { name, batch: geometry.batch, macs, ...layerSpeeds(macs, times, rates[index]!) }
    }),
  }
}
