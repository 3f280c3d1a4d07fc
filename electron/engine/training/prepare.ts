import { validate } from '#shared/contract/validate.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from '../backends/backend.ts'
import { selectBackend } from '../backends/select.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import { holdOut } from '../datasets/hold-out.ts'
import { loadDataset } from '../datasets/registry.ts'
import { buildNetwork, type Network } from '../network.ts'
import { createOptimizer } from '../optimizers/create.ts'
import type { TrainingJob } from '../protocol.ts'
import { seedStreams } from '../random.ts'
import { readNewestCheckpoint } from './checkpoint/read.ts'
import { requireMemory } from './memory.ts'
import { planTraining, type TrainingPlan } from './plan.ts'
import { TrainingSession } from './session.ts'

/** A job that has been checked, with everything built. Own it: `session.dispose` frees the tensors. */
export interface PreparedTraining {
  readonly settings: TrainingSettings
  readonly plan: TrainingPlan
  readonly dataset: ImageDataset
  /** Places of the training images that are held out; null where none are. */
  readonly heldOut: Uint32Array | null
  readonly backend: Backend
  readonly network: Network
  readonly session: TrainingSession
}

/**
 * Checks a job against its data and this machine, cheapest questions first, then builds the network and restores its
 * newest checkpoint if it is to go on.
 *
 * @throws SignumError, with nothing left allocated.
 */
export async function prepareTraining(job: TrainingJob): Promise<PreparedTraining> {
  const spec = parseNetworkSpec(job.spec)
  const settings = validate(trainingSettingsSchema, job.settings, 'invalid_settings', 'The settings')
  const dataset = await loadDataset(settings.dataset)
  const analysis = requireTrainable(spec, dataset.classes.length)
  const plan = planTraining(settings, analysis, dataset)
  requireMemory(analysis, plan.batchSize)
  const checkpoint = job.resume ? await readNewestCheckpoint(job.checkpointFolder) : null
  const backend = await selectBackend(settings.backend, settings.threads)
  const { operations } = backend
  const random = seedStreams(settings.seed)
  const held = holdOut(dataset.train, plan, random.validation)
  const network = buildNetwork(analysis, { operations, random })
  const optimizer = createOptimizer(settings, network.variables, operations)
  const session = new TrainingSession({
    plan,
    dataset,
    trained: held?.trained,
    network,
    optimizer,
    operations,
    random,
    settings,
  })
  try {
    if (checkpoint) session.restore(checkpoint)
  } catch (error) {
    session.dispose()
    throw error
  }
  return { settings, plan, dataset, heldOut: held?.heldOut ?? null, backend, network, session }
}
