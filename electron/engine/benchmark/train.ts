import { requireTrainable } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { selectBackend } from '../backends/select.ts'
import type { TrainingBenchmark } from '../protocol.ts'
import { profileSteps } from './step-profile.ts'

/** The lab's datasets have ten classes. */
const CLASSES = 10

/**
 * Times training steps of a network on random images.
 *
 * @throws SignumError when the network cannot be trained or the backend not be had.
 */
export async function benchmarkTraining(
  spec: NetworkSpec,
  settings: TrainingSettings,
  steps: number,
): Promise<TrainingBenchmark> {
  const analysis = requireTrainable(spec, CLASSES)
  const backend = await selectBackend(settings.backend, settings.threads)
  return {
    network: spec.name,
    backend: backend.name,
    backendVersion: backend.version,
    kernels: backend.kernels,
    threads: backend.threads,
    batchSize: settings.batchSize,
    steps,
    ...profileSteps(analysis, backend, settings, steps),
  }
}
