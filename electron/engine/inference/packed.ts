import { availableParallelism } from 'node:os'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { packNetwork, type PackedNetwork } from '#electron/native/plan/network.ts'
import { createRunner, type PackedRunner } from '#electron/native/plan/runner.ts'
import type { Stages } from '#electron/native/plan/stages.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { kernelThreads } from '../backends/kernel-threads.ts'
import { scalePixels } from '../datasets/batch.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { TrainedNetwork } from '../trained-network.ts'
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
 * What is left of a trained network when its binary weights are packed.
 *
 * @throws SignumError `checkpoint_damaged`, or `not_supported` naming the layer that has no packed form.
 */
export async function loadPacked({ spec, checkpointFolder }: TrainedNetwork): Promise<PackedNetwork> {
  const { bytes, file } = await readWeights(checkpointFolder)
  return packNetwork(parseNetworkSpec(spec), readTensors(bytes, file))
}

/** The same, ready to compute. */
export async function loadStages(trained: TrainedNetwork): Promise<Stages> {
  return compileNetwork(await loadPacked(trained))
}

/**
 * Accuracy on the test images; the first of equally large scores counts as the answer, as in the float evaluation.
 *
 * @param threads for the kernels; null takes one a core.
 * @throws SignumError `invalid_image` when the network reads images of another size.
 */
export function evaluatePacked(stages: Stages, dataset: ImageDataset, threads: number | null): PackedEvaluation {
  requireSameImages(stages, dataset)
  loadKernels()?.setThreadCount(kernelThreads(threads ?? availableParallelism()))
  const runner = createRunner(stages)
  const { count, pixels, labels } = dataset.test
  const size = dataset.height * dataset.width * dataset.channels
  const images = scalePixels(pixels)
  const sums = { hits: 0, milliseconds: 0 }
  for (let from = 0; from < count; from += BATCH) {
    const batch = Math.min(BATCH, count - from)
    const { scores, milliseconds } = timed(runner, images.subarray(from * size, (from + batch) * size), batch)
    sums.milliseconds += milliseconds
    for (let index = 0; index < batch; index++) {
      const own = scores.subarray(index * stages.outputs, (index + 1) * stages.outputs)
      if (own.indexOf(Math.max(...own)) === labels[from + index]) sums.hits++
    }
  }
  return { accuracy: sums.hits / count, images: count, seconds: sums.milliseconds / 1000 }
}

function timed(runner: PackedRunner, images: Float32Array, count: number) {
  const start = performance.now()
  const scores = runner.run(images, count)
  return { scores, milliseconds: performance.now() - start }
}

function requireSameImages({ input }: Stages, { name, height, width, channels }: ImageDataset): void {
  if (input.height === height && input.width === width && input.channels === channels) return
  throw new SignumError(
    'invalid_image',
    `The network reads images of ${input.height}×${input.width}×${input.channels}, but those of ${name} have ${height}×${width}×${channels}. Choose another dataset.`,
  )
}
