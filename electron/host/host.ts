import { AUTO_BACKEND_VARIABLE, type BackendName } from '#electron/engine/protocol.ts'
import { openDataFolder } from '#electron/store/data-folder.ts'
import { openStore, openStoreForReading, type Store } from '#electron/store/store.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import type { DoctorCheck, LabInfo } from '#shared/contract/methods.ts'
import type { Handlers, HostContext } from './context.ts'
import { InferenceClient } from './engines/inference-client.ts'
import { KnownEngine } from './engines/known-engine.ts'
import { DEFAULT_LIMITS, type SupervisionLimits } from './engines/limits.ts'
import { EventHub } from './events.ts'
import { datasetHandlers } from './handlers/datasets.ts'
import { digitHandlers } from './handlers/digits.ts'
import { labHandlers } from './handlers/lab.ts'
import { networkHandlers } from './handlers/networks.ts'
import { packedHandlers } from './handlers/packed.ts'
import { runHandlers } from './handlers/runs.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { weightHandlers } from './handlers/weights.ts'
import { tidyUp } from './housekeeping.ts'
import type { ProcessLauncher } from './launcher.ts'
import { readPresets } from './presets.ts'
import { route, type LabAccess } from './router.ts'
import { RunQueue } from './runs/queue.ts'
import { RunChanges } from './runs/run-changes.ts'
import { RunFiles } from './runs/run-files.ts'
import { RunSupervisor } from './runs/supervisor.ts'

export interface HostOptions {
  /** Path of the data folder; made if it is not there. See `resolveDataFolder`. */
  readonly dataFolder: string
  /** Folder of `resources/presets`. */
  readonly presetsFolder: string
  readonly launcher: ProcessLauncher
  /** Version of the application. */
  readonly version: string
  /** Commit it was built from, or null outside a checkout. */
  readonly commit: string | null
  readonly kind: LabInfo['host']
  /** What was found on this machine; asked for anew by every `lab.doctor`. */
  readonly doctor: () => Promise<DoctorCheck[]>
  /** The backend that was faster on this machine, which `auto` then tries first; null where nobody measured. */
  readonly fastestBackend?: () => BackendName | null
  /** `read` looks into a data folder that another process owns; whatever would change it is refused. */
  readonly access?: LabAccess
  readonly limits?: Partial<SupervisionLimits>
  /** Runs that are trained at once while others wait; two if left out: a network and its twin. */
  readonly sideBySide?: number
}

/** The application: answers requests, tells events, and owns the data folder and the engines until it is closed. */
export interface Host extends Lab {
  /**
   * Stops what is being trained with a checkpoint, ends all engines and closes the store.
   *
   * @param withinMs time for the checkpoints; what has not stopped then is killed. May be shortened by a second call.
   */
  close(withinMs?: number): Promise<void>
}

/**
 * Opens the lab on a data folder.
 *
 * @throws SignumError what `openDataFolder` and `openStore` throw.
 */
export function createHost(options: HostOptions): Host {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const presets = readPresets(options.presetsFolder)
  const folder = openDataFolder(options.dataFolder)
  const access = options.access ?? 'own'
  const store = access === 'own' ? openStore(folder) : openStoreForReading(folder)
  const files = new RunFiles(folder.runs)
  if (access === 'own') tidyUpOrClose(store, files)
  const events = new EventHub()
  const launcher = withEnvironment(options.launcher, () => engineEnvironment(folder.path, options.fastestBackend?.()))
  const engine = new KnownEngine(store, events)
  const changes = new RunChanges(store, events)
  const supervisor = new RunSupervisor(store, events, changes, launcher, files, limits, engine)
  const queue = new RunQueue(store, events, changes, supervisor, files, options.sideBySide)
  const inference = new InferenceClient(launcher, limits, engine)
  const handlers = createHandlers({
    application: {
      version: options.version,
      commit: options.commit,
      kind: options.kind,
      dataFolder: folder.path,
    },
    doctor: options.doctor,
    presets,
    store,
    events,
    changes,
    files,
    engine,
    supervisor,
    queue,
    inference,
  })
  const close = async (stopped: Promise<void>) => {
    inference.close()
    await stopped
    store.close()
  }
  let closing: Promise<void> | null = null
  return {
    request: (method, input) =>
      closing
        ? Promise.reject(new SignumError('cancelled', 'The lab is being closed.'))
        : route(handlers, method, input, access),
    subscribe: (event, listener) => events.subscribe(event, listener),
    close(withinMs) {
      queue.close()
      const stopped = supervisor.close(withinMs)
      return (closing ??= close(stopped))
    },
  }
}

/** A lab that cannot be opened leaves its data folder free for the next try. */
function tidyUpOrClose(store: Store, files: RunFiles): void {
  try {
    tidyUp(store, files)
  } catch (error) {
    store.close()
    throw error
  }
}

/** Engines look into the data folder for datasets that were put there by hand. */
function engineEnvironment(dataFolder: string, fastest: BackendName | null = null): Record<string, string> {
  return { SIGNUM_DATA_DIR: dataFolder, ...(fastest && { [AUTO_BACKEND_VARIABLE]: fastest }) }
}

function withEnvironment(launcher: ProcessLauncher, environment: () => Record<string, string>): ProcessLauncher {
  return { spawn: (role, more) => launcher.spawn(role, { ...environment(), ...more }) }
}

function createHandlers(context: HostContext): Handlers {
  return {
    ...labHandlers(context),
    ...settingsHandlers(context),
    ...datasetHandlers(context),
    ...networkHandlers(context),
    ...runHandlers(context),
    ...digitHandlers(context),
    ...packedHandlers(context),
    ...weightHandlers(context),
  }
}
