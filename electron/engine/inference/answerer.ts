import * as tf from '@tensorflow/tfjs-core'
import { loadKernels } from '#electron/native/index.ts'
import { createRunner } from '#electron/native/plan/runner.ts'
import type { Stages } from '#electron/native/plan/stages.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { Backend } from '../backends/backend.ts'
import type { TrainedNetwork } from '../trained-network.ts'
import { loadNetwork } from './network.ts'
import { loadStages } from './packed.ts'

/** A trained network that is asked one image at a time. */
export interface Answerer {
  readonly input: NetworkSpec['input']
  /** Class scores of one NHWC image. */
  scores(image: Float32Array): ArrayLike<number>
  dispose(): void
}

/** One image is answered faster by one thread than by several that wait for each other. */
const THREADS_FOR_ONE_IMAGE = 1
const WARM_UP_PASSES = 3

/**
 * A trained network on the kernels' plan, and on tensors where there are no kernels or the plan does not know one of
 * its layers.
 *
 * @param startBackend called only where tensors are needed.
 * @throws SignumError `invalid_spec`, `invalid_shape` or `checkpoint_damaged`.
 */
export async function loadAnswerer(trained: TrainedNetwork, startBackend: () => Promise<Backend>): Promise<Answerer> {
  const stages = await loadStagesIfSupported(trained)
  const answerer = stages ? planAnswerer(stages) : await tensorAnswerer(trained, await startBackend())
  warmUp(answerer)
  return answerer
}

/** The first passes prepare kernels and memory; they would otherwise be the time that people are shown. */
export function warmUp({ input: { height, width, channels }, scores }: Answerer): void {
  const blank = new Float32Array(height * width * channels)
  for (let pass = 0; pass < WARM_UP_PASSES; pass++) scores(blank)
}

async function loadStagesIfSupported(trained: TrainedNetwork): Promise<Stages | null> {
  if (loadKernels() === null) return null
  try {
    return await loadStages(trained)
  } catch (error) {
    if (error instanceof SignumError && error.code === 'not_supported') return null
    throw error
  }
}

/** A plan that answers for one image at a time. */
export function planAnswerer(stages: Stages): Answerer {
  loadKernels()?.setThreadCount(THREADS_FOR_ONE_IMAGE)
  const runner = createRunner(stages)
  return { input: stages.input, scores: (image) => runner.run(image, 1), dispose: () => {} }
}

async function tensorAnswerer(trained: TrainedNetwork, backend: Backend): Promise<Answerer> {
  const network = await loadNetwork(trained, backend)
  const { height, width, channels } = trained.spec.input
  return {
    input: trained.spec.input,
    scores: (image) => tf.tidy(() => network.evaluate(tf.tensor4d(image, [1, height, width, channels])).dataSync()),
    dispose: () => network.dispose(),
  }
}
