import { availableParallelism } from 'node:os'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { isBinary, packNetwork } from '#electron/native/plan/network.ts'
import { createRunner, type PackedRunner } from '#electron/native/plan/runner.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { TrainedNetwork } from '../protocol.ts'
import { readWeights } from '../training/checkpoint/read.ts'
import { readTensors } from '../training/checkpoint/tensors.ts'

/** Images that pass through the plan at once. */
const BATCH = 100

export interface PackedEvaluation {
  readonly accuracy: number
  readonly images: number
  /** Time in the plan alone. */
  readonly seconds: number
}

/**
 * A trained network as a plan on packed bits.
 *
 * @param threads for the kernels; null takes one a core.
 * @throws SignumError `checkpoint_damaged`, or `not_supported` naming the layer that has no packed form.
 */
export async function loadPacked(
  { spec, checkpointFolder }: TrainedNetwork,
  threads: number | null,
): Promise<PackedRunner> {
  const { bytes, file } = await readWeights(checkpointFolder)
  const stages = compileNetwork(packNetwork(parseNetworkSpec(spec), readTensors(bytes, file)))
  loadKernels()?.setThreadCount(threads ?? availableParallelism())
  return createRunner(stages)
}

/** One image is answered faster by one thread than by several that wait for each other. */
const THREADS_FOR_ONE_IMAGE = 1
const WARM_UP_PASSES = 3
const KEPT_RUNNERS = 6

/** Packed plans by the folder of their checkpoint, the least recently used of them forgotten. */
export class PackedCache {
  readonly #runners = new Map<string, Promise<PackedRunner | null>>()

  /**
   * @returns null where floats answer instead: for a network without binary layers, one that has no packed form, and
   * where the kernels are not compiled.
   */
  get(trained: TrainedNetwork): Promise<PackedRunner | null> {
    const { checkpointFolder } = trained
    const loading = this.#runners.get(checkpointFolder) ?? loadForOneImage(trained)
    this.#runners.delete(checkpointFolder)
    this.#runners.set(checkpointFolder, loading)
    loading.catch(() => this.#runners.delete(checkpointFolder))
    const [oldest] = this.#runners.keys()
    if (this.#runners.size > KEPT_RUNNERS && oldest !== undefined) this.#runners.delete(oldest)
    return loading
  }
}

async function loadForOneImage(trained: TrainedNetwork): Promise<PackedRunner | null> {
  const { layers, input } = trained.spec
  if (loadKernels() === null || !layers.some(isBinary)) return null
  try {
    const runner = await loadPacked(trained, THREADS_FOR_ONE_IMAGE)
    const blank = new Float32Array(input.height * input.width * input.channels)
    for (let pass = 0; pass < WARM_UP_PASSES; pass++) runner.run(blank, 1)
    return runner
  } catch (error) {
    if (error instanceof SignumError && error.code === 'not_supported') return null
    throw error
  }
}

/** Accuracy on the test images; the first of equally large scores counts as the answer, as in the float evaluation. */
export function evaluatePacked(runner: PackedRunner, dataset: ImageDataset): PackedEvaluation {
  const { count, pixels, labels } = dataset.test
  const size = dataset.height * dataset.width * dataset.channels
  const images = scalePixels(pixels)
  const sums = { hits: 0, milliseconds: 0 }
  for (let from = 0; from < count; from += BATCH) {
    const batch = Math.min(BATCH, count - from)
    const start = performance.now()
    const scores = runner.run(images.subarray(from * size, (from + batch) * size), batch)
    sums.milliseconds += performance.now() - start
    const classes = scores.length / batch
    for (let index = 0; index < batch; index++) {
      const own = scores.subarray(index * classes, (index + 1) * classes)
      if (own.indexOf(Math.max(...own)) === labels[from + index]) sums.hits++
    }
  }
  return { accuracy: sums.hits / count, images: count, seconds: sums.milliseconds / 1000 }
}
