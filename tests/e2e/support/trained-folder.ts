import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '#electron/setup/places.ts'

const CLI = join(projectFolder, 'electron/cli/signum.mjs')
const TRAIN_LIMIT_MS = 120_000

/** Trains two small networks with the real command line: enough to tell a 1 from a 0, in seconds. */
export async function trainSmallRuns(dataFolder: string): Promise<void> {
  for (const preset of ['lenet-full-precision', 'lenet-binary']) {
    const settings = ['--epochs', '1', '--limit', '3000', '--seed', '1']
    await promisify(execFile)(process.execPath, [CLI, 'train', preset, ...settings, '--data-dir', dataFolder], {
      timeout: TRAIN_LIMIT_MS,
    })
  }
}
