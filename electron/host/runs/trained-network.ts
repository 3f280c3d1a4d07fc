import type { TrainedNetwork } from '#electron/engine/protocol.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { HostContext } from '../context.ts'

/**
 * Asks something of a run's trained network: with its newest checkpoint, and where that is damaged with the one before.
 *
 * @throws SignumError `run_not_usable` while there is no checkpoint, and what `ask` throws.
 */
export async function askTrained<Answer>(
  { store, files }: Pick<HostContext, 'store' | 'files'>,
  runId: string,
  ask: (network: TrainedNetwork) => Promise<Answer>,
): Promise<Answer> {
  const { spec } = store.runs.record(runId)!
  let damage: unknown = null
  for (const checkpointFolder of files.checkpoints(runId)) {
    try {
      return await ask({ runId, spec, checkpointFolder })
    } catch (error) {
      if (!(error instanceof SignumError) || error.code !== 'checkpoint_damaged') throw error
      damage ??= error
    }
  }
  throw (
    damage ??
    new SignumError(
      'run_not_usable',
      `Run ${runId} has no trained weights yet. Wait for its first epoch, or choose another run.`,
    )
  )
}
