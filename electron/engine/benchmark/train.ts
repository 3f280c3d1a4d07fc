import { requireTrainable } from '#shared/model/parse.ts'
import { selectBackend } from '../backends/select.ts'
import type { BenchmarkCommand, TrainingBenchmark } from './messages.ts'
import { stepProfile } from './step-profile.ts'
import { trainingSteps } from './training-steps.ts'
import { takeTurns, type Turns } from './turns.ts'

/** The lab's datasets have ten classes. */
const CLASSES = 10
/** They compile kernels and fill memory pools. */
const WARM_UP_STEPS = 3

/**
 * Times training steps of networks on random images. The networks take turns, a step each.
 *
 * @throws SignumError when a network cannot be trained or the backend not be had.
 */
export async function benchmarkTraining(
  { specs, settings, steps }: Omit<Extract<BenchmarkCommand, { type: 'train' }>, 'type'>,
  onRound: Turns['onRound'],
): Promise<TrainingBenchmark[]> {
  const analyses = specs.map((spec) => requireTrainable(spec, CLASSES))
  const backend = await selectBackend(settings.backend, settings.threads)
  using opened = new DisposableStack()
  const networks = analyses.map((analysis) => opened.use(trainingSteps(analysis, backend, settings)))
  const samples = await takeTurns(
    networks.map((step) => ({ step })),
    { rounds: steps, turnMs: 0, warmUpCalls: WARM_UP_STEPS, onRound },
  )
  return networks.map(({ layerIds }, index) => ({
    network: specs[index]!.name,
    backend: backend.name,
    backendVersion: backend.version,
    kernels: backend.kernels,
    threads: backend.threads,
    batchSize: settings.batchSize,
    steps,
    ...stepProfile(samples[index]!.step, layerIds),
  }))
}
