import { availableParallelism } from 'node:os'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { packNetwork } from '#electron/native/plan/network.ts'
import { createRunner, type PackedRunner } from '#electron/native/plan/runner.ts'
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
