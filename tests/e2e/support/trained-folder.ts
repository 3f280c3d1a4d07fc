import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '#electron/setup/places.ts'

const CLI = join(projectFolder, 'electron/cli/signum.mjs')
const TRAIN_LIMIT_MS = 240_000

/** Trains the notebook's two networks with the real command line, one epoch on the first images. */
export async function trainNotebookPair(dataFolder: string, images: number): Promise<void> {
  for (const preset of ['lenet-full-precision', 'lenet-binary']) {
    const settings = ['--epochs', '1', '--limit', String(images), '--seed', '1']
    await promisify(execFile)(process.execPath, [CLI, 'train', preset, ...settings, '--data-dir', dataFolder], {
      timeout: TRAIN_LIMIT_MS,
    })
  }
}
