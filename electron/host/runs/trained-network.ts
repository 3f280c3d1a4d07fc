import type { TrainedNetwork } from '#electron/engine/protocol.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { HostContext } from '../context.ts'

/**
 * A run's network with the place of its weights.
 *
 * @throws SignumError `run_not_usable` while there is no checkpoint.
 */
export function requireTrained(
  { store, files }: Pick<HostContext, 'store' | 'files'>,
  runId: string,
): { network: TrainedNetwork; settings: TrainingSettings } {
  if (!files.hasCheckpoint(runId)) {
    throw new SignumError(
      'run_not_usable',
      `Run ${runId} has no trained weights yet. Wait for its first epoch, or choose another run.`,
    )
  }
  const { spec, settings } = store.runs.record(runId)!
  return { network: { runId, spec, checkpointFolder: files.checkpointFolder(runId) }, settings }
}
