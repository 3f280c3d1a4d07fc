import * as tf from '@tensorflow/tfjs-core'
import { loadNative } from '../backends/native.ts'
import { Executor, type TensorflowBackend } from '../operations/tensorflow/executor.ts'
import { tensorflowOperations } from '../operations/tensorflow/operations.ts'
import type { Operations } from '../operations/operation.ts'
import { RandomStream } from '../random.ts'
import { explainTime } from './explanation.ts'
import { floatNetwork } from './float-network.ts'
import type { BatchBenchmark, BenchmarkCommand, InferenceBenchmark, Latency } from './messages.ts'
import { packedNetwork } from './packed-network.ts'
import { requireKernels } from './required-kernels.ts'
import { median, spreadOf } from './spread.ts'
import { timesAsFast } from './speeds.ts'
import { findTensorflow, type TensorflowFound } from './tensorflow-found.ts'
import { takeTurns, type Samples, type Turns } from './turns.ts'

const BATCHES = [1, 100]
const TURN_MS = 5
const WARM_UP_CALLS = 3

/**
 * Measures how long a network takes to answer, multiplying floats and on packed bits, for one image and for a hundred.
 *
 * @throws SignumError `backend_unavailable`, `invalid_shape`, `checkpoint_damaged`, or `not_supported` naming the layer
 * that has no packed form.
 */
export async function benchmarkInference(
  { spec, trained, backend, threads, rounds }: Omit<Extract<BenchmarkCommand, { type: 'infer' }>, 'type'>,
  onRound: Turns['onRound'],
): Promise<InferenceBenchmark> {
  const tensorflow = await findTensorflow(backend, threads)
  const kernels = requireKernels(threads)
  const { instructionSet } = kernels.describe()
  using float = await floatNetwork(spec, trained, await floatOperations(tensorflow, threads))
  const packed = packedNetwork(spec, float.tensors(), kernels)
  const contenders = BATCHES.map((batch) => {
    const images = randomImages(batch, spec.input)
    return {
      float: float.contender(images, batch),
      packed: packed.contender(images, batch),
      stages: packed.stages(images, batch),
    }
  })
  const samples = await takeTurns(contenders, { rounds, turnMs: TURN_MS, warmUpCalls: WARM_UP_CALLS, onRound })
  return {
    network: spec.name,
    runId: trained?.runId ?? null,
    float: tensorflow.version ?? `our kernels for 32-bit floats (${instructionSet})`,
    tensorflow: { version: tensorflow.version, missing: tensorflow.missing },
    instructionSet,
    threads,
    rounds,
    batches: BATCHES.map((batch, index): BatchBenchmark => {
      const { float: floats, packed: bits, stages } = samples[index]!
      return {
        batch,
        float: latency(batch, floats, floats, float.layerIds),
        packed: latency(batch, bits, stages, packed.stageNames),
        timesFloat: timesAsFast(bits.ms, floats.ms),
      }
    }),
  }
}

/** TensorFlow's own operations where it is there: what we added to it is not what is compared here. */
async function floatOperations({ backend }: TensorflowFound, threads: number): Promise<Operations> {
  if (!backend) return (await loadNative(threads)).operations
  return tensorflowOperations(new Executor(tf.backend() as unknown as TensorflowBackend))
}

/** `profile` tells the parts; it may come from other calls than the whole. */
function latency(batch: number, whole: Samples, profile: Samples, names: readonly string[]): Latency {
  const ms = spreadOf(whole.ms)
  const parts = names.map((name) => ({ name, ms: median(profile.part(name)) }))
  const otherMs = median(profile.rest())
  return {
    ms,
    microsecondsPerImage: (1000 * ms.median) / batch,
    parts,
    otherMs,
    explanation: explainTime(parts, otherMs),
  }
}

function randomImages(count: number, { height, width, channels }: { height: number; width: number; channels: number }) {
  const random = new RandomStream([1, 2, 3, 4])
  return Float32Array.from({ length: count * height * width * channels }, () => random.uniform())
}
