import { join } from 'node:path'
import type { TrainedNetwork } from '#electron/engine/protocol.ts'
import { readPresets } from '#electron/host/presets.ts'
import { RunFiles } from '#electron/host/runs/run-files.ts'
import { presetsFolder } from '#electron/setup/places.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset } from '../../input/network.ts'
import { withLabForReading, type Session } from '../../session.ts'

/** What is measured: a network, and the weights of a run where one was named. */
export interface Subject {
  readonly spec: NetworkSpec
  /** Null for freshly initialised weights. */
  readonly trained: TrainedNetwork | null
}

/**
 * The network or run of this name. A file and a preset need no data folder; only a saved network and a run are looked
 * up there.
 *
 * @throws SignumError `unknown_preset`, or `run_not_usable` for a run without weights.
 */
export async function findSubject(session: Session, name: string): Promise<Subject> {
  if (namesFile(name)) return { spec: readNetworkFile(name).spec, trained: null }
  const preset = findNetwork(name, readPresets(presetsFolder))
  if (preset) return { spec: preset.spec, trained: null }
  return withLabForReading(session, async (lab) => {
    const networks = await lab.request('networks.list', {})
    const saved = findNetwork(name, networks)
    if (saved) return { spec: saved.spec, trained: null }
    const run = await lab.request('runs.get', { id: name }).catch((error: unknown) => {
      if (error instanceof SignumError && error.code === 'run_not_found') throw unknownPreset(name, networks)
      throw error
    })
    const { dataFolder } = await lab.request('lab.info', {})
    const [checkpointFolder] = new RunFiles(join(dataFolder, 'runs')).checkpoints(run.id)
    if (checkpointFolder) return { spec: run.spec, trained: { runId: run.id, spec: run.spec, checkpointFolder } }
    throw new SignumError(
      'run_not_usable',
      `Run ${run.id} has no trained weights yet. Wait for its first epoch, or name its network instead.`,
    )
  })
}
