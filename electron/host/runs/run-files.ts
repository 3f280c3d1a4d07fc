import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unwritable } from '#electron/store/data-folder.ts'
import { SNAPSHOT_FILE } from '#shared/snapshots/format.ts'

const UNFINISHED = /\.tmp$/
const byNumbers = new Intl.Collator('en', { numeric: true })

/**
 * The files of the runs: `runs/<id>/checkpoints/epoch-0003/`, or `epoch-0003-step-0002134/` for one within an epoch, and
 * `snapshots/`. The engine writes them, the host keeps house.
 */
export class RunFiles {
  private readonly folder: string

  constructor(runsFolder: string) {
    this.folder = runsFolder
  }

  /**
   * Where the engine puts a run's checkpoints; made if it is not there.
   *
   * @throws SignumError `data_folder_unwritable` where it cannot be made.
   */
  checkpointFolder(runId: string): string {
    const folder = this.checkpointsOf(runId)
    try {
      mkdirSync(folder, { recursive: true })
    } catch (error) {
      throw unwritable(this.folder, error)
    }
    return folder
  }

  /** Where the engine puts what it records of a run's weights; it makes the folder. */
  snapshotFolder(runId: string): string {
    return join(this.folder, runId, 'snapshots')
  }

  snapshotFile(runId: string): string {
    return join(this.snapshotFolder(runId), SNAPSHOT_FILE)
  }

  /** The folders of a run's checkpoints, the newest first. Whether they are whole, their reader finds out. */
  checkpoints(runId: string): string[] {
    return this.names(runId)
      .filter((name) => name.startsWith('epoch-') && !UNFINISHED.test(name))
      .sort((a, b) => byNumbers.compare(b, a))
      .map((name) => join(this.checkpointsOf(runId), name))
  }

  hasCheckpoint(runId: string): boolean {
    return this.checkpoints(runId).length > 0
  }

  /** Clears away what an engine that died was writing. */
  removeUnfinished(runId: string): void {
    for (const name of this.names(runId)) {
      if (UNFINISHED.test(name)) rmSync(join(this.checkpointsOf(runId), name), { recursive: true, force: true })
    }
  }

  remove(runId: string): void {
    rmSync(join(this.folder, runId), { recursive: true, force: true })
  }

  private checkpointsOf(runId: string): string {
    return join(this.folder, runId, 'checkpoints')
  }

  private names(runId: string): string[] {
    const folder = this.checkpointsOf(runId)
    return existsSync(folder) ? readdirSync(folder) : []
  }
}
