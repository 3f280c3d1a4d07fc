import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const CHECKPOINT = /^epoch-\d+$/
const UNFINISHED = /\.tmp$/

/** The files of the runs: `runs/<id>/checkpoints/epoch-NNNN/`. The engine writes them, the host keeps house. */
export class RunFiles {
  private readonly folder: string

  constructor(runsFolder: string) {
    this.folder = runsFolder
  }

  /** Where the engine puts a run's checkpoints; made if it is not there. */
  checkpointFolder(runId: string): string {
    const folder = join(this.folder, runId, 'checkpoints')
    mkdirSync(folder, { recursive: true })
    return folder
  }

  hasCheckpoint(runId: string): boolean {
    return this.entries(runId).some(
      (name) => CHECKPOINT.test(name) && existsSync(join(this.folder, runId, 'checkpoints', name, 'state.json')),
    )
  }

  /** Clears away what an engine that died was writing. */
  removeUnfinished(runId: string): void {
    for (const name of this.entries(runId)) {
      if (UNFINISHED.test(name)) rmSync(join(this.folder, runId, 'checkpoints', name), { recursive: true, force: true })
    }
  }

  remove(runId: string): void {
    rmSync(join(this.folder, runId), { recursive: true, force: true })
  }

  private entries(runId: string): string[] {
    const folder = join(this.folder, runId, 'checkpoints')
    return existsSync(folder) ? readdirSync(folder) : []
  }
}
