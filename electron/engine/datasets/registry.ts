import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { SignumError } from '#shared/contract/errors.ts'
import type { Dataset } from '#shared/contract/methods.ts'
import { requireDataset } from '#shared/model/datasets.ts'
import type { ImageDataset } from './dataset.ts'
import { parseImages, parseLabels } from './idx.ts'
import { DATASET_FILES, DATASET_SOURCES, type DatasetSource } from './sources.ts'

type FilePaths = Record<keyof typeof DATASET_FILES, string>

const loaded = new Map<string, Promise<ImageDataset>>()

/** All datasets with whether they are there. */
export function describeDatasets(): Dataset[] {
  return DATASET_SOURCES.map((source) => {
    const available = findFiles(source) !== null
    const { name, title, height, width, channels, trainImages, testImages } = source
    const classes = [...source.classes]
    const hint = available ? null : source.hint
    return { name, title, height, width, channels, classes, trainImages, testImages, available, hint }
  })
}

/**
 * A dataset by name, read once and then kept.
 *
 * @throws SignumError `unknown_dataset`, `dataset_missing`, or `file_unreadable` for damaged files.
 */
export function loadDataset(name: string): Promise<ImageDataset> {
  const known = loaded.get(name)
  if (known) return known
  const loading = read(sourceOf(name))
  loaded.set(name, loading)
  loading.catch(() => loaded.delete(name))
  return loading
}

function sourceOf(name: string): DatasetSource {
  const known = requireDataset(name)
  return DATASET_SOURCES.find((source) => source.name === known.name)!
}

function findFiles(source: DatasetSource): FilePaths | null {
  for (const folder of source.folders()) {
    const paths = Object.entries(DATASET_FILES).map(([key, file]) => {
      const plain = join(folder, file)
      return [key, [plain, `${plain}.gz`].find((path) => existsSync(path))] as const
    })
    if (paths.every(([, path]) => path)) return Object.fromEntries(paths) as FilePaths
  }
  return null
}

async function read(source: DatasetSource): Promise<ImageDataset> {
  const paths = findFiles(source)
  if (!paths) {
    throw new SignumError('dataset_missing', `${source.title} is not on this machine. ${source.hint}`, {
      place: { field: 'settings.dataset' },
    })
  }
  const hash = createHash('sha256')
  const bytes = {} as Record<keyof FilePaths, Uint8Array>
  for (const key of Object.keys(DATASET_FILES) as (keyof FilePaths)[]) {
    bytes[key] = await readBytes(paths[key])
    hash.update(bytes[key])
  }
  const { name, height, width, channels, classes } = source
  const split = (part: 'train' | 'test', count: number) => ({
    count,
    pixels: parseImages(bytes[`${part}Images`], paths[`${part}Images`], { count, height, width }),
    labels: parseLabels(bytes[`${part}Labels`], paths[`${part}Labels`], count, classes.length),
  })
  return {
    name,
    height,
    width,
    channels,
    classes,
    train: split('train', source.trainImages),
    test: split('test', source.testImages),
    sha256: hash.digest('hex'),
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path)
    const plain = path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes
    // Not a Buffer, which would travel to other processes as one.
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SignumError('file_unreadable', `The dataset file ${path} cannot be read: ${reason}.`, { cause: error })
  }
}
