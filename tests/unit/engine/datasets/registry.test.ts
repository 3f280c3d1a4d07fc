import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeDatasets, loadDataset } from '#electron/engine/datasets/registry.ts'
import { DATASET_FILES, DATASET_SOURCES } from '#electron/engine/datasets/sources.ts'

describe('MNIST', () => {
  it('has 60,000 and 10,000 images of 28×28 and the labels everyone knows', async () => {
    const { train, test, classes, height, width, channels } = await loadDataset('mnist')
    expect([train.count, test.count, height, width, channels, classes.length]).toEqual([60_000, 10_000, 28, 28, 1, 10])
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4])
    expect(train.pixels.length).toBe(60_000 * 784)
    // Mean ink of the training images, as published with every normalisation of MNIST: 0.1307.
    const sum = train.pixels.reduce((total, pixel) => total + pixel, 0)
    expect(sum / train.pixels.length / 255).toBeCloseTo(0.1307, 4)
  })

  it('is hashed, read once, and kept', async () => {
    const [first, second] = await Promise.all([loadDataset('mnist'), loadDataset('mnist')])
    expect(second).toBe(first)
    expect(first.sha256).toBe('b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a')
  })

  it('hands out plain bytes, which travel between processes as such', async () => {
    const { test } = await loadDataset('mnist')
    expect(Buffer.isBuffer(test.pixels.slice(0, 784))).toBe(false)
  })
})

describe('the registry', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-datasets-'))
    vi.stubEnv('SIGNUM_DATA_DIR', folder)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  it('refuses a name it does not know and lists those it knows', async () => {
    const loading = async () => loadDataset('cifar-10')
    await expect(loading).rejects.toMatchObject({
      code: 'unknown_dataset',
      message: 'There is no dataset "cifar-10". Choose "mnist" or "fashion-mnist".',
    })
  })

  it('describes every dataset, with a hint where it is missing', () => {
    for (const { available, hint, classes } of describeDatasets()) {
      expect(hint === null).toBe(available)
      expect(classes).toHaveLength(10)
    }
    expect(describeDatasets().find(({ name }) => name === 'mnist')?.available).toBe(true)
  })

  it('finds files that a person has put into the data folder, compressed or not', async () => {
    const place = join(folder, 'datasets', 'fashion-mnist')
    await mkdir(place, { recursive: true })
    const source = DATASET_SOURCES.find(({ name }) => name === 'fashion-mnist')!
    const available = () => describeDatasets().find(({ name }) => name === 'fashion-mnist')!.available
    const elsewhere = available()
    const { trainImages, trainLabels, testImages, testLabels } = DATASET_FILES
    await writeFile(join(place, trainImages), idx(3, [source.trainImages, 28, 28]))
    await writeFile(join(place, `${trainLabels}.gz`), gzipSync(idx(1, [source.trainImages])))
    await writeFile(join(place, `${testImages}.gz`), gzipSync(idx(3, [source.testImages, 28, 28])))
    expect(available()).toBe(elsewhere)
    await writeFile(join(place, testLabels), idx(1, [source.testImages]))
    expect(available()).toBe(true)

    const dataset = await loadDataset('fashion-mnist')
    expect(dataset.test.pixels[0]).toBe(7)
    expect(dataset.classes[9]).toBe('Ankle boot')
  })
})

/** A file of this format, filled with sevens. */
function idx(dimensions: number, sizes: number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 * (dimensions + 1)))
  header.setUint32(0, 0x800 + dimensions)
  for (const [index, size] of sizes.entries()) header.setUint32(4 * (index + 1), size)
  const body = new Uint8Array(sizes.reduce((product, size) => product * size)).fill(7)
  return Buffer.concat([new Uint8Array(header.buffer), body])
}
